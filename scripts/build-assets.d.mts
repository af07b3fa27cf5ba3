/** Sizes in bytes: style sheet as it is and gzipped, font (already compressed). */
export function buildAssets(): Promise<{ stijl: number; stijlGzip: number; letter: number }>
