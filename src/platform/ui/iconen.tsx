/**
 * The few signs we use, drawn here: the icons that come with the design system belong to the City of Amsterdam
 * and are not open source, so none of them may reach our pages.
 */
const PADEN = {
  info: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm1.2 15h-2.4v-6.5h2.4V17Zm0-8.3h-2.4V6.4h2.4v2.3Z',
  succes:
    'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-1.6 14.6-4.3-4.3 1.6-1.6 2.7 2.7 5.9-5.9 1.6 1.6-7.5 7.5Z',
  waarschuwing: 'M12 2.5 1 21.5h22L12 2.5Zm1.2 15.8h-2.4V16h2.4v2.3Zm0-4h-2.4V9h2.4v5.3Z',
  fout: 'M8 2 2 8v8l6 6h8l6-6V8l-6-6H8Zm5.2 15.2h-2.4v-2.3h2.4v2.3Zm0-4.2h-2.4V6.4h2.4V13Z',
  zoek: 'M10 3a7 7 0 1 0 4.2 12.6l5 5 1.6-1.6-5-5A7 7 0 0 0 10 3Zm0 2.3a4.7 4.7 0 1 1 0 9.4 4.7 4.7 0 0 1 0-9.4Z',
  op: 'M12 6l7 12H5z',
  af: 'M12 18 5 6h14z',
} as const

export type IcoonNaam = keyof typeof PADEN

/** Decorative only: the meaning is always in the text beside it. */
export function Icoon({ naam }: { naam: IcoonNaam }) {
  return (
    <svg
      className="sam-icoon"
      viewBox="0 0 24 24"
      width="20"
      height="20"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PADEN[naam]} fill="currentColor" />
    </svg>
  )
}
