import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'

/** The complete HTML document of a page; the element must be a `Pagina` (or another `<html>`). */
export function renderPage(element: ReactElement): string {
  return `<!doctype html>${renderToStaticMarkup(element)}`
}
