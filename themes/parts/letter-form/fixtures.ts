import type { LetterFormPage } from '@cluster/shared/delivery/page-models'

export const emptyValues: LetterFormPage['values'] = {
  kind: 'inquiry',
  name: '',
  contact: '',
  title: '',
  text: '',
  mayPublish: false,
  about: '',
}
export const filledValues: LetterFormPage['values'] = {
  kind: 'error-report',
  name: '王小满',
  contact: '',
  title: '政策文件页面的成文日期写错了',
  text: '文中',
  mayPublish: true,
  about: '/policies/7/',
}
export const errors: LetterFormPage['errors'] = [
  { path: 'contact', message: '请填写电话或邮箱，不超过 60 个字，我们用它与您联系，不会公开' },
  { path: 'text', message: '请填写内容，5 到 2000 个字' },
]

export const fixtures = {
  empty: { values: emptyValues, errors: [] },
  'with errors': { values: filledValues, errors },
  'refused as a whole': {
    values: filledValues,
    errors: [{ message: '今天从这个网络提交的留言太多，请明天再试，或者打电话。' }],
  },
  'without a kind': { values: { ...emptyValues, kind: '' }, errors: [{ path: 'kind', message: '请选择留言类型' }] },
}
