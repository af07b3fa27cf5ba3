import { parentPort, workerData } from 'node:worker_threads'
import { type Bladinhoud, writeBlad } from './xlsx.ts'

/** Makes the workbook it is given and answers its bytes: see `toXlsx`. */
parentPort?.postMessage(await writeBlad(workerData as Bladinhoud))
