import { describe, expect, it } from 'vitest'
import { parseImportLine } from './import-line.ts'

const good = {
  id: '0483413fd0bf092c',
  title: '口岸服务条例',
  docNumber: null,
  date: '2020-05-14',
  effectiveDate: null,
  issuer: '某市人大常委会',
  category: '地方法规',
  region: '上海',
  history: ['2020年5月14日 通过'],
  path: 'a/b.md',
  body: '第一条 为了规范口岸开放，制定本条例。',
}
const line = (changes: Record<string, unknown>) => parseImportLine(JSON.stringify({ ...good, ...changes }))
const codes = (parsed: ReturnType<typeof parseImportLine>) =>
  'issues' in parsed ? parsed.issues.map(({ code }) => code) : []

describe('a line of an import file', () => {
  it('is read with blanks as absent and spaces trimmed', () => {
    const parsed = line({ title: ' 口岸\n服务条例 ', docNumber: ' ', issuer: ' 国务院 ' })
    expect(parsed).toEqual({
      line: {
        id: good.id,
        title: '口岸 服务条例',
        date: '2020-05-14',
        issuer: '国务院',
        category: '地方法规',
        region: '上海',
        history: good.history,
        body: good.body,
      },
    })
  })

  it('may lack everything but id, title and body', () => {
    expect(parseImportLine(JSON.stringify({ id: 7, title: '通知', body: '正文' }))).toEqual({
      line: { id: '7', title: '通知', history: [], body: '正文' },
    })
  })

  it('may have its dates in full-width digits', () => {
    expect(line({ effectiveDate: '２０１３-01-01' })).toMatchObject({ line: { effectiveDate: '2013-01-01' } })
  })

  it.each([
    ['{"id":"a","title"', ['malformed-json']],
    ['', ['malformed-json']],
    ['["a"]', ['not-an-object']],
    ['"a"', ['not-an-object']],
    ['null', ['not-an-object']],
  ])('is refused as a whole when it is %j', (text, expected) => {
    expect(codes(parseImportLine(text))).toEqual(expected)
  })

  it.each([
    ['no id', { id: undefined }, 'invalid-id'],
    ['a blank id', { id: '  ' }, 'invalid-id'],
    ['a fraction as id', { id: 1.5 }, 'invalid-id'],
    ['no title', { title: undefined }, 'invalid-title'],
    ['a blank title', { title: '　' }, 'invalid-title'],
    ['a title beyond the limit', { title: '长'.repeat(121) }, 'invalid-title'],
    ['a date that does not exist', { date: '2021-02-30' }, 'invalid-date'],
    ['a date in another form', { date: '2021/2/3' }, 'invalid-date'],
    ['a date as a number', { date: 20210203 }, 'invalid-date'],
    ['an effective date that does not exist', { effectiveDate: '2021-13-01' }, 'invalid-effectiveDate'],
    ['an issuer that is a text', { issuer: '长'.repeat(121) }, 'invalid-issuer'],
    ['a history that is no list', { history: '2020年通过' }, 'invalid-history'],
    ['a body that is no text', { body: { a: 1 } }, 'invalid-body'],
    ['no body', { body: undefined }, 'invalid-body'],
    ['a zero character', { body: 'a\0b' }, 'unusable-character'],
  ])('is refused for %s', (_, changes, expected) => {
    expect(codes(line(changes))).toEqual([expected])
  })

  it('is refused for half a character, which no database keeps', () => {
    expect(codes(parseImportLine(`{"id":"a","title":"\\ud800","body":"b"}`))).toEqual(['unusable-character'])
  })

  it('is refused with every reason at once, in Chinese, with its id', () => {
    const parsed = line({ title: '', date: '2021-02-30', history: ['a', 3] })
    expect(parsed).toEqual({
      id: good.id,
      issues: [
        { code: 'invalid-title', message: '标题（title）为空。', path: 'title', severity: 'error' },
        { code: 'invalid-date', message: '成文日期（date）不是真实存在的日期。', path: 'date', severity: 'error' },
        { code: 'invalid-history', message: '沿革（history）第 2 条应为文字。', path: 'history.1', severity: 'error' },
      ],
    })
  })
})
