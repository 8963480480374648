// @vitest-environment jsdom
import { act, createElement, useState } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Choices, NO_CHOICES } from '@cluster/shared/governance/templates/choices'
import { faultless } from '@cluster/shared/governance/templates/templates.fixtures'
import { BlockList } from './block-list.tsx'

const manifest = faultless()
let root: Root
let box: HTMLElement

function Page({ isReadOnly }: { isReadOnly: boolean }) {
  const [choices, setChoices] = useState<Choices>(NO_CHOICES)
  return createElement(BlockList, { manifest, choices, change: (changes) => setChoices({ ...choices, ...changes }), isReadOnly })
}
const show = (isReadOnly = false) => act(async () => root.render(createElement(Page, { isReadOnly })))

beforeEach(async () => {
  ;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true
  box = document.body.appendChild(document.createElement('div'))
  root = createRoot(box)
  await show()
})
afterEach(async () => {
  await act(async () => root.unmount())
  box.remove()
})

const blocks = () => [...box.querySelectorAll('[data-block]')].map((item) => item.getAttribute('data-block'))
const item = (block: string) => box.querySelector<HTMLElement>(`[data-block=${block}]`)!
const button = (block: string, control: string) => item(block).querySelector<HTMLButtonElement>(`[data-control=${control}]`)!
const told = () => box.querySelector('[role=status]')!.textContent
const fire = (block: string, type: string) => act(async () => {
  item(block).dispatchEvent(Object.assign(new Event(type, { bubbles: true, cancelable: true }), { dataTransfer: { setData: () => undefined, effectAllowed: '' } }))
})
const drag = async (from: string, to: string) => {
  for (const [block, type] of [[from, 'dragstart'], [to, 'dragover'], [to, 'drop'], [from, 'dragend']] as const) await fire(block, type)
}

it('a block that is dragged takes the place of the one that it is dropped on', async () => {
  await drag('links', 'frontier')
  expect(blocks()).toEqual(['hero', 'updates', 'links', 'notices', 'frontier', 'policies', 'letters'])
  expect(told()).toBe('“本地链接”移到第 3 位，共 7 位。')
  await drag('links', 'policies')
  expect(blocks()).toEqual(['hero', 'updates', 'frontier', 'notices', 'policies', 'links', 'letters'])
})

it('a block that is dropped on a fixed one stays where it was', async () => {
  const before = blocks()
  await drag('links', 'notices')
  expect(blocks()).toEqual(before)
})

it('Alt with an arrow moves a block past what is fixed, and the focus goes with it', async () => {
  button('policies', 'up').focus()
  await act(async () => { button('policies', 'up').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', altKey: true, bubbles: true })) })
  expect(blocks().indexOf('policies')).toBe(2)
  // At the top there is nothing further up: the focus is on what can still be done with the block.
  expect(document.activeElement).toBe(button('policies', 'down'))
  expect(told()).toContain('第 3 位')
})

it('a fixed block offers nothing, and says why before anybody tries', () => {
  expect(item('notices').querySelectorAll('button')).toHaveLength(0)
  expect(item('notices').draggable || item('notices').getAttribute('draggable') === 'true').toBe(false)
  expect(item('notices').textContent).toContain('锁定：只有省级模板管理员能改')
})

it('an optional block is hidden and shown again, on its place', async () => {
  const before = blocks()
  const toggle = () => act(async () => item('links').querySelector<HTMLButtonElement>('[data-control=show]')!.click())
  await toggle()
  expect([blocks(), item('links').textContent?.includes('不显示')]).toEqual([before, true])
  expect(told()).toContain('不再显示')
  await toggle()
  expect(told()).toContain('将显示')
})

it('where nothing may be changed there is nothing to press', async () => {
  await show(true)
  expect(box.querySelectorAll('button')).toHaveLength(0)
})
