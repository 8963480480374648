import type { Pager } from '@cluster/shared/delivery/page-models'

export const ONE_PAGE: Pager = {
  page: 1,
  pages: 1,
  total: 3,
  previous: null,
  next: null,
  links: [{ number: 1, href: '#', isCurrent: true }],
}
export const NO_PAGE: Pager = { ...ONE_PAGE, pages: 0, total: 0, links: [] }
export const manyPages = (hrefOf: (page: number) => string): Pager => ({
  page: 7,
  pages: 171,
  total: 3416,
  previous: hrefOf(6),
  next: hrefOf(8),
  links: [1, 5, 6, 7, 8, 9, 171].map((number) => ({ number, href: hrefOf(number), isCurrent: number === 7 })),
})

export const fixtures = {
  'one page': { pager: ONE_PAGE, label: '栏目分页' },
  'in the middle': { pager: manyPages((page) => `/columns/policies/p/${page}/`), label: '栏目分页' },
  'at the end': {
    pager: {
      ...ONE_PAGE,
      page: 2,
      pages: 2,
      previous: '/columns/updates/',
      links: [
        { number: 1, href: '/columns/updates/', isCurrent: false },
        { number: 2, href: '#', isCurrent: true },
      ],
    },
    label: '栏目分页',
  },
}
