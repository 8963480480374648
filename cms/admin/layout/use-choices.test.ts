// @vitest-environment jsdom
import { act, createElement, useState } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Editing, useChoices } from './use-choices.ts'

// The form of the framework, as far as it is asked: a value for each path.
vi.mock('@payloadcms/ui', () => ({
  useField: () => {
    const [value, setValue] = useState<unknown>(null)
    return { value, setValue }
  },
}))

let root: Root
let box: HTMLElement
let editing: Editing
const Page = () => {
  editing = useChoices()
  return createElement('input', { type: 'text' })
}
beforeEach(async () => {
  ;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true
  box = document.body.appendChild(document.createElement('div'))
  root = createRoot(box)
  await act(async () => root.render(createElement(Page)))
})
afterEach(async () => {
  await act(async () => root.unmount())
  box.remove()
})

const change = (...given: Parameters<Editing['change']>) => act(async () => editing.change(...given))
const press = (key: string, more: KeyboardEventInit = {}, on: EventTarget = document) => act(async () => {
  on.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true, ...more }))
})

it('every step is taken back and forth, each whole', async () => {
  expect([editing.undo, editing.redo]).toEqual([null, null])
  await change({ accent: 'pine' })
  await change({ order: ['links'], hidden: ['local'] })
  await press('z')
  expect(editing.choices).toMatchObject({ accent: 'pine', order: [], hidden: [] })
  await press('z')
  expect([editing.choices.accent, editing.undo]).toEqual([null, null])
  await press('y')
  await press('Z', { shiftKey: true })
  expect(editing.choices).toMatchObject({ accent: 'pine', order: ['links'], hidden: ['local'] })
  expect(editing.redo).toBeNull()
})

it('a new step after going back leaves nothing to go forward to', async () => {
  await change({ accent: 'pine' })
  await press('z')
  await change({ accent: 'ochre' })
  expect(editing.redo).toBeNull()
  await press('z')
  expect(editing.choices.accent).toBeNull()
})

it('a word that is being typed is one step', async () => {
  const typed = (label: string) => change({ links: [{ label, href: '/' }] }, 'link-0-label')
  for (const word of ['市', '市政', '市政府']) await typed(word)
  await press('z')
  expect(editing.choices.links).toEqual([])
  await press('y')
  expect(editing.choices.links).toEqual([{ label: '市政府', href: '/' }])
})

it('within a line of words the keys belong to the words', async () => {
  await change({ accent: 'pine' })
  await press('z', {}, box.querySelector('input')!)
  expect(editing.choices.accent).toBe('pine')
})
