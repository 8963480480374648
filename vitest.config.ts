import { defineConfig } from 'vitest/config'
import { countReporter } from './cms/testing/count-reporter.ts'

// A default export because the framework reads its configuration from one.
export default defineConfig({
  test: {
    reporters: ['default', countReporter],
    maxWorkers: 2,
    projects: [
      {
        // Next keeps the JSX of the admin for its own compiler; tests of its parts need it compiled.
        oxc: { jsx: { runtime: 'automatic' } },
        test: {
          name: 'house',
          include: ['{cms,shared,sites}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/.next/**'],
          globalSetup: ['./cms/testing/services.ts'],
          // A process for each file: the CMS keeps its connection and its environment in module scope.
          pool: 'forks',
          testTimeout: 30_000,
          hookTimeout: 120_000,
        },
      },
      // Templates need Astro's compiler.
      'themes',
    ],
  },
})
