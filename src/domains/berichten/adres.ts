/** Where old messages are taken over; the list of messages leads to it. */
export const OVERNEMEN_PAD = '/berichten/overnemen'
