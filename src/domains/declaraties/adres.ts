/** The address of the page of a declaratie. */
export const declaratiePad = ({ gemeente, declaratieId }: { gemeente: string; declaratieId: number }) =>
  `/declaraties/${gemeente}/${declaratieId}`
