/** The master key of every test database. */
export const TESTSLEUTEL = Buffer.alloc(32, 7)
