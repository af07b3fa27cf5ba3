// A process that starts our own server in the folder given, for tests that kill it halfway: says where it is, and waits.
import { startEmbedded } from '../../src/platform/db/embedded.ts'

const [folder = ''] = process.argv.slice(2)
const { url, eigen } = await startEmbedded(folder, {
  extra: ['shared_buffers = 16MB', 'max_connections = 20'],
})
process.stdout.write(`${JSON.stringify({ url, eigen })}\n`)
setInterval(() => undefined, 60_000)
