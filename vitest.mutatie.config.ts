import { defineConfig, mergeConfig } from 'vitest/config'
import basis from './vitest.config.ts'

/** Only the tests of what `npm run mutatie` breaks. */
export default mergeConfig(
  basis,
  defineConfig({
    test: {
      include: [
        'src/platform/zegel*.test.ts',
        'src/app/inzage/*.test.ts',
        'src/domains/{declaraties,toegang,berichten,sturing}/**/*.test.ts',
        'src/app/cijfers*.test.ts',
      ],
    },
  }),
)
