/** Why this domain looks at and changes what it does, for the log. */
export const GROND = 'Jeugdwet art. 2.15 en Wmo 2015 art. 2.6.7a: berichtenverkeer'
