import { describe, expect, it } from 'vitest'
import { MANDATED_COLUMNS } from '@cluster/shared/governance/mandated-columns'
import { JIANGSU_SITES, shortDivision } from '@cluster/shared/governance/site-tree'
import { readSiteContents } from './site-content.ts'

/** Place names, longest first, so that 南京市鼓楼区 goes as a whole. */
const PLACE_NAMES = [...new Set(JIANGSU_SITES.flatMap(({ division }) => [division, shortDivision(division)]))].sort((a, b) => b.length - a.length)
/** Shorter sentences are phrases that any two offices may share: 特此公告, 联系电话. */
const SENTENCE = 18

const withoutPlaces = (text: string) => PLACE_NAMES.reduce((rest, name) => rest.replaceAll(name, ''), text).replace(/[\s\d]+/g, '')

describe('the demo content', () => {
  const contents = readSiteContents()
  const published = (slug: string) => contents.get(slug)!.documents.filter(({ waits }) => !waits)

  it('exists for each of the 109 sites and no other', () => {
    expect([...contents.keys()].sort()).toEqual(JIANGSU_SITES.map(({ slug }) => slug).sort())
  })

  it('fills each mandated column of each site', () => {
    for (const { slug } of JIANGSU_SITES) {
      const filled = new Set([...published(slug).map(({ column }) => column), ...(contents.get(slug)!.letters.length > 0 ? ['interaction'] : [])])
      expect({ slug, empty: MANDATED_COLUMNS.map(({ key }) => key).filter((key) => !filled.has(key)) }).toEqual({ slug, empty: [] })
    }
  })

  it('interprets only policies of the same site', () => {
    for (const [slug, { documents }] of contents) {
      const policies = documents.filter(({ column }) => column === 'policies').map(({ title }) => title)
      for (const { interprets } of documents) if (interprets) expect({ slug, policies }).toMatchObject({ policies: expect.arrayContaining([interprets]) })
    }
  })

  it('shares no sentence between two sites once place names and numbers are taken out', () => {
    const firstSeen = new Map<string, string>()
    const shared: string[] = []
    for (const [slug, { documents, letters }] of contents) {
      const texts = [...documents.map(({ title, summary, body }) => `${title}。${summary}。${body}`), ...letters.map(({ title, text, answer }) => `${title}。${text}。${answer}`)]
      for (const sentence of texts.flatMap((text) => withoutPlaces(text).split(/[。；！？]/)).filter(({ length }) => length >= SENTENCE)) {
        const other = firstSeen.get(sentence)
        if (other && other !== slug) shared.push(`${other} = ${slug}: ${sentence}`)
        firstSeen.set(sentence, slug)
      }
    }
    expect(shared).toEqual([])
  })

  it('names four different people on each site', () => {
    for (const [slug, { office }] of contents) {
      expect({ slug, names: new Set(office.map(({ name }) => name)).size, roles: new Set(office.map(({ role }) => role)).size }).toEqual({ slug, names: 4, roles: 4 })
    }
  })
})
