/** Rows of one page, for logs that are too long to hold whole. */
export const PAGINA = 10_000

/**
 * Every row, page by page. `read` answers at most PAGINA rows with a number above `na`, in that order; `numberOf` says
 * which number a row has.
 */
export async function* readPaginas<R>(
  vanaf: number,
  read: (na: number) => Promise<{ rows: R[] }>,
  numberOf: (rij: R) => number,
): AsyncGenerator<R> {
  for (let na = vanaf; ; ) {
    const { rows } = await read(na)
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGINA) return
    na = numberOf(last)
  }
}
