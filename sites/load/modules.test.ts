import { describe, expect, it, vi } from 'vitest'
import type { Address } from '@cluster/shared/delivery/addresses'
import { entry, loadContext } from '../testing/records.ts'
import { loadPage } from './page.ts'

// A release that takes no letters and publishes no answers: none of ours is one yet.
vi.mock('@cluster/themes/manifests.ts', async (original) => {
  const { manifestOf } = await original<typeof import('@cluster/themes/manifests.ts')>()
  return { manifestOf: (release: string) => ({ ...manifestOf(release), interaction: release === 'standard-1' ? [] : manifestOf(release).interaction }) }
})

const load = (release: string, address: Address, path = '/', more: Parameters<typeof loadContext>[2] = {}) => {
  const context = loadContext('suzhou', path, more)
  context.site = { ...context.site, release, columns: [...context.site.columns.filter(({ kind }) => kind !== 'letter'),
    { key: 'interaction', name: '互动交流', description: '留言和答复', kind: 'letter', isMandated: true }] }
  return loadPage(context, address, 'ref')
}

describe('a switched-off module', () => {
  it.each<[string, Address]>([
    ['网上留言', { page: 'letter-form' }],
    ['凭查询码查进度', { page: 'letter-status' }],
    ['公开答复选登', { page: 'column', key: 'interaction', number: 1 }],
    ['公开答复选登', { page: 'document', collection: 'letters', id: 3 }],
  ])('%s: its page is not there, and says so', async (name, address) => {
    const loaded = await load('standard-1', address)
    expect(loaded).toMatchObject({ status: 404, isStorable: false, page: { kind: 'error' } })
    expect((loaded.page as { message: string }).message).toContain(`没有开通“${name}”`)
  })

  it('takes no letter that somebody sends all the same', async () => {
    expect((await load('standard-1', { page: 'letter-form' }, '/letters/new/', { form: 'kind=inquiry&name=a&contact=1&title=t&text=abcdef' })).status).toBe(404)
  })

  it('is named in no navigation and on no map', async () => {
    const { page } = await load('standard-1', { page: 'site-map' }, '/sitemap/')
    if (page.kind !== 'site-map') throw new Error(page.kind)
    const labels = [...page.chrome.navigation, ...page.groups.flatMap(({ links }) => links)].map(({ label }) => label)
    expect(labels).not.toContain('互动交流')
    for (const label of ['我要留言', '查询留言办理进度', '网站找错']) expect(labels).not.toContain(label)
  })

  it('leaves no way to its pages on the home page', async () => {
    const answer = { columns: { interaction: [entry({ id: 5, collection: 'letters', kind: 'letter', columnKey: 'interaction' })] }, policies: [], letters: null, documents: { own: 1, subtree: 1 }, subtree: [] }
    for (const [release, count] of [['standard-1', 0], ['standard-2', 1]] as const) {
      const { page } = await load(release, { page: 'home' }, '/', { delivery: { home: async () => answer } })
      if (page.kind !== 'home') throw new Error(page.kind)
      expect(page.letters.latest, release).toHaveLength(count)
    }
  })

  it('that is on has its page and its places', async () => {
    expect((await load('standard-2', { page: 'letter-form' })).status).toBe(200)
    const { page } = await load('standard-2', { page: 'site-map' }, '/sitemap/')
    if (page.kind !== 'site-map') throw new Error(page.kind)
    expect(page.chrome.navigation.map(({ label }) => label)).toContain('互动交流')
    expect(page.groups.flatMap(({ links }) => links).map(({ label }) => label)).toContain('我要留言')
  })
})
