const items = [
  { label: '首页', href: '/', isCurrent: true },
  { label: '工作动态', href: '/columns/updates/', isCurrent: false },
]
const site = { name: '昆山机构编制', office: '中共昆山市委机构编制委员会办公室', slug: 'suzhou-kunshan' }

export const fixtures = {
  'on the home page': { site, items, hasSearch: false },
  'on any other page': { site, items, hasSearch: true },
}
