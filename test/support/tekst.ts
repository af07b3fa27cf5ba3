/** What somebody reads of a page: its text, without what stands around it. */
export const text = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
