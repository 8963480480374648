import { expect, test } from 'vitest'
import { withGaps } from './gaps.ts'

const link = (number: number) => ({ number, href: `/p/${number}/`, isCurrent: false })

test('a gap stands where numbers are left out, and nowhere else', () => {
  expect(withGaps([1, 4, 5, 6, 90].map(link)).map((item) => (item === 'gap' ? '…' : item.number))).toEqual([
    1,
    '…',
    4,
    5,
    6,
    '…',
    90,
  ])
  expect(withGaps([1, 2, 3].map(link))).toHaveLength(3)
})
