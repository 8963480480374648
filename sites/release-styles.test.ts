import { expect, it } from 'vitest'
import { releaseStyles } from './release-styles.ts'

it('names the style sheets of each release once, and of nothing else', () => {
  const route = (path: string, ...srcs: string[]) => ({ routeData: { route: path }, styles: srcs.map((src) => ({ type: 'external', src })) })
  expect(releaseStyles([
    route('/404', '_astro/other.css'),
    route('/t-standard-1/home', '_astro/a.css'),
    route('/t-standard-1/article', '/_astro/a.css', '_astro/print.css'),
    route('/t-standard-2/home', '_astro/b.css'),
  ])).toEqual({ 'standard-1': ['/_astro/a.css', '/_astro/print.css'], 'standard-2': ['/_astro/b.css'] })
})
