import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestOffices, type TestOffices } from '../../../testing/offices.ts'

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

it('whoever works for several sites finds their layouts, in the order of the tree and by the office’s name', async () => {
  const user = { ...await offices.payload.findByID({ collection: 'users', id: offices.people.subtree.id, depth: 0, overrideAccess: true }), collection: 'users' as const }
  const find = async (more: object) => (await offices.payload.find({ collection: 'layouts', user, overrideAccess: false, depth: 1, ...more })).docs
    .map(({ site }) => (typeof site === 'object' ? site.slug : ''))
  expect(await find({ sort: 'site.divisionCode' })).toEqual(['suzhou', 'suzhou-kunshan', 'suzhou-taicang'])
  expect(await find({ where: { 'site.name': { like: '太仓' } } })).toEqual(['suzhou-taicang'])
})
