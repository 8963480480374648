import { defineConfig } from 'vitest/config'
import { countReporter } from './cms/testing/count-reporter.ts'

// A default export because the framework reads its configuration from one.
export default defineConfig({
  test: {
    include: ['{cms,shared,sites,themes}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.next/**'],
    globalSetup: ['./cms/testing/services.ts'],
    reporters: ['default', countReporter],
    // A process for each file: the CMS keeps its connection and its environment in module scope.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
})
