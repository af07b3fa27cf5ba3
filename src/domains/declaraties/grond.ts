/** Why this domain looks at and changes what it does, for the log. */
export const GROND = 'Wmo 2015 art. 2.6.4 en Jeugdwet art. 2.18: controle en betaling'
