// A process that holds a slot until it is killed.
import { holdSlot } from '../../src/platform/bestandsslot.ts'

const [path = ''] = process.argv.slice(2)
process.stdout.write(holdSlot(path, 0) ? 'vast\n' : 'bezet\n')
setInterval(() => undefined, 60_000)
