import { describe, expect, it } from 'vitest'
import { SUMMARIES } from '../testing/records.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { createDirectory } from './directory.ts'
import { hostName, knownHosts } from './hosts.ts'

const PATTERN = 'http://{slug}.localhost:4321'

describe('the allow-list of hosts', () => {
  const hosts = knownHosts(SUMMARIES, PATTERN)

  it('has every site under the pattern, own domains, and localhost for the province', () => {
    expect(hosts.size).toBe(109 + 2)
    expect(hosts.get('suzhou-kunshan.localhost')?.site).toBe('suzhou-kunshan')
    expect(hosts.get('suzhou.localhost')?.site).toBe('suzhou')
    expect(hosts.get('sz.example.cn')).toEqual({
      name: 'sz.example.cn',
      site: 'suzhou',
      origin: 'http://sz.example.cn:4321',
    })
    expect(hosts.get('localhost')?.site).toBe('jiangsu')
  })

  it('has nothing else', () => {
    for (const name of ['127.0.0.1', 'shanghai.localhost', 'x.suzhou.localhost', '.records', ''])
      expect(hosts.has(name), name).toBe(false)
  })
})

describe('hostName', () => {
  it('reads a Host header in every spelling', () => {
    for (const header of ['Suzhou.localhost', 'suzhou.localhost:4321', 'suzhou.localhost.', 'suzhou.localhost.:80']) {
      expect(hostName(header), header).toBe('suzhou.localhost')
    }
  })

  it('reads nothing from what is no host name', () => {
    for (const header of [undefined, '', '../etc', 'a b', 'a/b', '[::1]:80', 'a..b', 'user@a', '.records'])
      expect(hostName(header), String(header)).toBeNull()
  })
})

describe('the directory', () => {
  it('is known again after a start with everything down', async () => {
    const folder = await temporaryFolder()
    const up = createDirectory({
      delivery: { directory: async () => ({ sites: [...SUMMARIES] }) },
      origin: PATTERN,
      folder,
    })
    expect(await up.refresh()).toBe(true)
    expect(await up.refresh()).toBe(false)

    const down = createDirectory({
      delivery: { directory: () => Promise.reject(new Error('down')) },
      origin: PATTERN,
      folder,
    })
    expect(down.isKnown()).toBe(false)
    expect(await down.restore()).toBe(true)
    await expect(down.refresh()).rejects.toThrow('down')
    expect(down.host('suzhou.localhost:4321')?.site).toBe('suzhou')
    expect(down.host('evil.test')).toBeNull()
  })

  it('forgets the hosts of a site that is gone', async () => {
    let sites = [...SUMMARIES]
    const directory = createDirectory({
      delivery: { directory: async () => ({ sites }) },
      origin: PATTERN,
      folder: await temporaryFolder(),
    })
    await directory.refresh()
    expect(directory.host('sz.example.cn')).not.toBeNull()
    sites = sites.filter((site) => site.slug !== 'suzhou')
    await directory.refresh()
    expect(directory.host('sz.example.cn')).toBeNull()
  })
})
