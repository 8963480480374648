import { expect, test } from 'vitest'
import { letterSentences } from './sentences.ts'

const all = { received: 86, answered: 86, answeredInTime: 86, medianHours: 41.5 }

test('says how many are open, or that none is', () => {
  expect(letterSentences(all)[0]!.sentence).toContain('件件都有答复')
  expect(letterSentences({ ...all, received: 1284, answered: 1251 })[0]).toEqual({
    value: '1,251', unit: '件', sentence: '收到 1,284 件留言，已经答复这么多，还有 33 件在办',
  })
})

test('says nothing about answers that do not exist', () => {
  const none = letterSentences({ received: 3, answered: 0, answeredInTime: 0, medianHours: null })
  expect(none).toHaveLength(1)
  expect(none[0]!.value).toBe('0')
})
