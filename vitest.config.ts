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
    globalSetup: ['test/support/server.setup.ts'],
  },
})
