import { describe, expect, it } from 'vitest'
import { makeQueries } from './queries.ts'

const documents = Array.from({ length: 300 }, (_, index) => ({
  title: `关于第${index}号机构编制事项管理办法的通知`,
  documentNumber: index % 3 === 0 ? `苏编办发〔2024〕${index}号` : null,
}))

describe('queries made from the documents', () => {
  it('are as many as asked for, all different, the same at every run', () => {
    const queries = makeQueries(documents, 200)
    expect(queries).toHaveLength(200)
    expect(new Set(queries).size).toBe(200)
    expect(makeQueries(documents, 200)).toEqual(queries)
  })

  it('hold titles, document numbers, words and pairs of words', () => {
    const queries = makeQueries(documents, 200)
    expect(queries.filter((query) => query.startsWith('关于第'))).toHaveLength(60)
    expect(queries.filter((query) => query.startsWith('苏编办发'))).toHaveLength(40)
    const singleWords = makeQueries(documents.slice(0, 1), 20)
    expect(singleWords).toContain('机构')
    expect(singleWords).toContain('关于 通知')
  })

  it('are fewer where the documents give no more', () => {
    expect(makeQueries([], 500)).toEqual([])
    expect(makeQueries([{ title: '通知', documentNumber: null }], 500)).toEqual(['通知'])
  })
})
