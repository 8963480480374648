import { describe, expect, test } from 'vitest'
import {
  formatBytes,
  formatDate,
  formatFileType,
  formatLongDate,
  formatNumber,
  formatShare,
  formatShortDate,
  formatTime,
  shortenDigest,
  shortSiteName,
} from './format.ts'

describe('dates', () => {
  test('are written in Beijing time, also across midnight', () => {
    expect(formatTime('2026-11-18T07:20:00.000Z')).toBe('2026-11-18 15:20')
    expect(formatTime('2026-11-18T16:05:00.000Z')).toBe('2026-11-19 00:05')
    expect(formatDate('2026-12-31T16:00:00Z')).toBe('2027-01-01')
  })
  test('a calendar date is never moved by a time zone', () => {
    expect(formatDate('2007-02-24')).toBe('2007-02-24')
    expect(formatLongDate('2007-02-24')).toBe('2007年2月24日')
  })
  test('show the year where the page was made in another one', () => {
    expect(formatShortDate('2026-11-18T07:20:00Z', '2026-12-01T00:00:00Z')).toBe('11-18')
    expect(formatShortDate('2026-11-18T07:20:00Z', '2027-01-02T00:00:00Z')).toBe('2026-11-18')
  })
  test('refuse what is no date', () => {
    expect(() => formatDate('昨天')).toThrow(RangeError)
  })
})

describe('numbers', () => {
  test('group thousands and keep one decimal', () => {
    expect(formatNumber(2417)).toBe('2,417')
    expect(formatNumber(4.25)).toBe('4.3')
  })
  test('a share is 100% only when nothing is missing', () => {
    expect(formatShare(9999, 10000)).toBe('99.9%')
    expect(formatShare(12, 12)).toBe('100%')
    expect(formatShare(0, 0)).toBeNull()
  })
  test('sizes, file types and digests are short', () => {
    expect(formatBytes(900)).toBe('900 字节')
    expect(formatBytes(318_000)).toBe('311 KB')
    expect(formatBytes(1_300_000)).toBe('1.2 MB')
    expect(formatFileType('申请表.docx')).toBe('DOCX')
    expect(formatFileType('说明')).toBe('文件')
    expect(shortenDigest(`sha256:4f1c${'0'.repeat(56)}9a02`)).toBe('4f1c…9a02')
  })
})

test('a site is called by what sets it apart', () => {
  expect(shortSiteName('昆山机构编制')).toBe('昆山')
  expect(shortSiteName('南京鼓楼区机构编制')).toBe('南京鼓楼区')
  expect(shortSiteName('机构编制')).toBe('机构编制')
})
