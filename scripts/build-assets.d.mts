/** Sizes in bytes: style sheet as it is and gzipped, font (already compressed), each island gzipped. */
export function buildAssets(): Promise<{
  stijl: number
  stijlGzip: number
  letter: number
  eilanden: Record<string, number>
}>

/** The script of one island; in development with the warnings of React. */
export function bouwEiland(naam: string, soort?: 'production' | 'development'): Promise<Buffer>
