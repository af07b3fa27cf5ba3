/** For what the people who make policy work with these data. */
export const GROND = 'Jeugdwet art. 2.2 en Wmo 2015 art. 2.1.2: gemeentelijk plan'
