import { letterSentences } from './sentences.ts'

export const fixtures = {
  several: { figures: letterSentences({ received: 1284, answered: 1251, answeredInTime: 1247, medianHours: 29 }) },
}
