import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // The project itself may be read-only.
  cacheDir: join(tmpdir(), `samenhang-vitest-${userInfo().username}`),
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    // A machine that is busy with other work is slow, and not wrong: time only ends what hangs.
    testTimeout: 300_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 120_000 } },
    maxWorkers: 2,
    // No test leans on the one before it. One order for everybody, and another with `--sequence.seed=7`: what depends on it
    // fails where it was made, and not now and then. A file that tells a story says so (test/support/verhaal.ts).
    sequence: { shuffle: { tests: true }, seed: 4242 },
    globalSetup: ['test/support/server.setup.ts'],
  },
})
