import { describe, expect, it } from 'vitest'
import { loadContext } from '../testing/records.ts'
import { makeChrome } from './chrome.ts'

describe('the chrome of a page', () => {
  const chrome = makeChrome(loadContext('suzhou-kunshan', '/columns/updates/'), {
    title: '工作动态',
    description: '工作进展',
    trail: [{ label: '工作动态', href: '/columns/updates/' }],
    columnKey: 'updates',
  })

  it('leads from the home page over the columns to the directory, and marks where one is', () => {
    expect(chrome.navigation.map((item) => item.label)).toEqual([
      '首页',
      '工作动态',
      '前沿信息',
      '通知公告',
      '政策文件',
      '政策解读',
      '行政审批',
      '机构信息',
      '互动交流',
      '信息公开',
      '站点',
    ])
    expect(chrome.navigation.filter((item) => item.isCurrent).map((item) => item.label)).toEqual(['工作动态'])
  })

  it('names the sites above, from the province down, at their own addresses', () => {
    expect(chrome.ancestors).toEqual([
      { slug: 'jiangsu', label: '江苏机构编制', href: 'http://jiangsu.localhost:4321/' },
      { slug: 'suzhou', label: '苏州机构编制', href: 'http://sz.example.cn:4321/' },
    ])
  })

  it('shows the way from the home page', () => {
    expect(chrome.breadcrumbs.map((link) => link.href)).toEqual(['/', '/columns/updates/'])
  })

  it('has title, canonical address, column labels and the feed in its head', () => {
    expect(chrome.head.title).toBe('工作动态 - 昆山机构编制')
    expect(chrome.head.canonical).toBe('http://suzhou-kunshan.localhost:4321/columns/updates/')
    expect(chrome.head.labels.map((label) => label.name)).toEqual([
      'SiteName',
      'SiteDomain',
      'SiteIDCode',
      'ColumnName',
      'ColumnDescription',
      'ColumnKeywords',
      'ColumnType',
    ])
    expect(chrome.head.feeds).toEqual([{ title: '昆山机构编制最新发布', href: '/rss.xml' }])
    expect(chrome.head.robots).toBeUndefined()
  })

  it('of the home page is titled by the site and needs no trail', () => {
    const home = makeChrome(loadContext('jiangsu', '/'), { title: null, description: '' })
    expect(home.head.title).toBe('江苏机构编制')
    expect(home.breadcrumbs).toEqual([])
    expect(home.ancestors).toEqual([])
    expect(home.navigation[0]?.isCurrent).toBe(true)
  })

  it('carries the time at which it was made, from the clock that is passed in', () => {
    expect(chrome.madeAt).toBe('2026-11-20T00:00:00.000Z')
  })
})
