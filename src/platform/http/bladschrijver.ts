import { answerOnce } from '../kindproces.ts'
import { type Bladinhoud, writeBlad } from './xlsx.ts'

/** Makes the workbook it is given and answers its bytes: see `toXlsx`. */
answerOnce<Bladinhoud>(writeBlad)
