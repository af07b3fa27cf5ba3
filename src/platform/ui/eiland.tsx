import type { ComponentType } from 'react'
import { renderToString } from 'react-dom/server'
import { findAssets } from './assets.ts'

/**
 * A part of a page that a script may enhance: `<name>.island.tsx` with the component as its default export. The server
 * renders it whole, so that everyone can read and use it without the script; in the browser the same component takes over
 * with the same `gegevens` (JSON, so nothing that the page does not already show).
 */
export function Eiland<Props extends object>({
  naam,
  component: Component,
  gegevens,
}: {
  naam: string
  component: ComponentType<Props>
  gegevens: Props
}) {
  const script = findAssets().eilanden[naam]
  // The component must come out as React will find it again, with the marks that static markup leaves out.
  const html = renderToString(<Component {...gegevens} />, { identifierPrefix: naam })
  return (
    <>
      <div
        data-eiland={naam}
        data-gegevens={JSON.stringify(gegevens)}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: our own component, rendered and escaped by React
        dangerouslySetInnerHTML={{ __html: html }}
      />
      {script === undefined ? null : <script type="module" src={script} />}
    </>
  )
}
