import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isWithin, JIANGSU_SITES, officeName, portalName, shortDivision } from './site-tree.ts'

const site = (slug: string) => JIANGSU_SITES.find((candidate) => candidate.slug === slug)!
const DIVISIONS = new URL('../../../shared/data/jiangsu-divisions.json', import.meta.url)

describe('the sites of Jiangsu', () => {
  it('are 1 province, 13 cities and 95 counties', () => {
    const count = (level: string) => JIANGSU_SITES.filter((candidate) => candidate.level === level).length
    expect([JIANGSU_SITES.length, count('province'), count('city'), count('county')]).toEqual([109, 1, 13, 95])
  })

  it.each(['slug', 'path', 'divisionCode'] as const)('have each a %s of their own', (field) => {
    expect(new Set(JIANGSU_SITES.map((candidate) => candidate[field])).size).toBe(109)
  })

  it('have slugs that can be the first label of a host name', () => {
    for (const { slug } of JIANGSU_SITES) expect(slug).toMatch(/^[a-z]+(-[a-z]+)?$/)
  })

  it('come after their parents, and below them', () => {
    const seen = new Map<string, string>()
    for (const { slug, parent, path, level, divisionCode } of JIANGSU_SITES) {
      if (parent === null) expect(level).toBe('province')
      else expect(path).toBe(`${seen.get(parent)}${slug}/`)
      if (level === 'county') expect(site(parent!).divisionCode.slice(0, 4)).toBe(divisionCode.slice(0, 4))
      seen.set(slug, path)
    }
  })

  it.each([
    ['六合区', 'nanjing-luhe'], ['盱眙县', 'huaian-xuyi'], ['邗江区', 'yangzhou-hanjiang'], ['丰县', 'xuzhou-fengxian'], ['沛县', 'xuzhou-peixian'],
    ['睢宁县', 'xuzhou-suining'], ['邳州市', 'xuzhou-pizhou'], ['溧阳市', 'changzhou-liyang'], ['溧水区', 'nanjing-lishui'], ['栖霞区', 'nanjing-qixia'],
    ['建邺区', 'nanjing-jianye'], ['浦口区', 'nanjing-pukou'], ['灌云县', 'lianyungang-guanyun'], ['灌南县', 'lianyungang-guannan'], ['赣榆区', 'lianyungang-ganyu'],
    ['涟水县', 'huaian-lianshui'], ['泗阳县', 'suqian-siyang'], ['泗洪县', 'suqian-sihong'], ['沭阳县', 'suqian-shuyang'], ['射阳县', 'yancheng-sheyang'],
    ['阜宁县', 'yancheng-funing'], ['如皋市', 'nantong-rugao'], ['仪征市', 'yangzhou-yizheng'], ['句容市', 'zhenjiang-jurong'], ['相城区', 'suzhou-xiangcheng'],
    ['太仓市', 'suzhou-taicang'], ['昆山市', 'suzhou-kunshan'], ['姜堰区', 'taizhou-jiangyan'], ['宿豫区', 'suqian-suyu'], ['广陵区', 'yangzhou-guangling'],
  ])('spells %s as %s', (division, slug) => expect(site(slug)?.division).toBe(division))

  it('tells divisions of one name apart', () => {
    expect(site('nanjing-gulou').divisionCode).toBe('320106')
    expect(site('xuzhou-gulou').divisionCode).toBe('320302')
    expect(portalName(site('nanjing-gulou'))).not.toBe(portalName(site('xuzhou-gulou')))
    expect(new Set(JIANGSU_SITES.map(portalName)).size).toBe(109)
    expect(new Set(JIANGSU_SITES.map(officeName)).size).toBe(109)
  })

  // The reference list is kept beside the checkout, not in it.
  it.skipIf(!existsSync(DIVISIONS))('agree with the reference list of divisions', () => {
    const flat = new Map<string, string>()
    const collect = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(collect)
      else if (typeof value === 'object' && value !== null) {
        const { code, name } = value as { code?: unknown; name?: unknown }
        if (code !== undefined && typeof name === 'string') flat.set(String(code), name)
        Object.values(value).forEach(collect)
      }
    }
    collect(JSON.parse(readFileSync(DIVISIONS, 'utf8')))
    const ours = new Map(JIANGSU_SITES.map(({ divisionCode, division }) => [divisionCode, division]))
    expect(Object.fromEntries([...ours].sort())).toEqual(Object.fromEntries([...flat].sort()))
  })
})

describe('names', () => {
  it('are the Party committee’s office, with the city before a district', () => {
    expect(officeName(site('jiangsu'))).toBe('中共江苏省委机构编制委员会办公室')
    expect(officeName(site('suzhou-kunshan'))).toBe('中共昆山市委机构编制委员会办公室')
    expect(officeName(site('nanjing-gulou'))).toBe('中共南京市鼓楼区委机构编制委员会办公室')
  })

  it('stay two characters at least', () => {
    expect(shortDivision('丰县')).toBe('丰县')
    expect(shortDivision('昆山市')).toBe('昆山')
    expect(portalName(site('jiangsu'))).toBe('江苏机构编制')
  })
})

describe('isWithin', () => {
  it('is true of the site itself and of what lies below it', () => {
    expect(isWithin(site('suzhou').path, site('suzhou').path)).toBe(true)
    expect(isWithin(site('suzhou-kunshan').path, site('suzhou').path)).toBe(true)
    expect(isWithin(site('suzhou-kunshan').path, site('jiangsu').path)).toBe(true)
  })

  it('is false upwards, sideways and for names that begin alike', () => {
    expect(isWithin(site('suzhou').path, site('suzhou-kunshan').path)).toBe(false)
    expect(isWithin(site('suzhou-taicang').path, site('suzhou-kunshan').path)).toBe(false)
    expect(isWithin('/jiangsu/suzhounew/', '/jiangsu/suzhou/')).toBe(false)
  })
})
