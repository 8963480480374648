'use client'

import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { type ArrangedBlock, arrangedBlocks, moveBlock, placeBlock } from '@cluster/shared/governance/templates/move-block'
import { HOME_BLOCKS, type HomeBlock } from '@cluster/shared/governance/templates/parts'
import { LockSign } from '../lock-sign.tsx'
import type { PartProps } from './part-props.ts'

type Control = 'up' | 'down' | 'grip'
const STEPS = { ArrowUp: -1, ArrowDown: 1 } as const

/** The blocks of the home page from top to bottom: moved by hand, by buttons or by Alt with an arrow; optional ones shown or not. */
export function BlockList({ manifest, choices, change, isReadOnly }: PartProps) {
  const blocks = arrangedBlocks(manifest, choices)
  // Asked within the browser's own drag events, which do not wait for the page to be drawn anew.
  const dragged = useRef<HomeBlock | null>(null)
  const [over, setOver] = useState<HomeBlock | null>(null)
  const [told, setTold] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const focusNext = useRef<{ block: HomeBlock; control: Control } | null>(null)
  const arrangement = blocks.map(({ block }) => block).join()
  // Moving an element takes the focus from it: it is given back once the form holds the new order, to a neighbour where the button has
  // nothing more to do.
  useEffect(() => {
    if (!focusNext.current) return
    const { block, control } = focusNext.current
    focusNext.current = null
    const find = (name: Control) => list.current?.querySelector<HTMLButtonElement>(`[data-block="${block}"] [data-control="${name}"]:not(:disabled)`)
    ;(find(control) ?? find('grip') ?? find('up') ?? find('down'))?.focus()
  }, [arrangement])

  const place = (block: HomeBlock, order: HomeBlock[], control: Control) => {
    if (order === choices.order) return
    change({ order })
    const now = arrangedBlocks(manifest, { ...choices, order }).findIndex((each) => each.block === block)
    setTold(`“${HOME_BLOCKS[block]}”移到第 ${now + 1} 位，共 ${blocks.length} 位。`)
    focusNext.current = { block, control }
  }
  const move = (block: HomeBlock, step: -1 | 1, control: Control) => place(block, moveBlock(manifest, choices, block, step), control)
  const show = ({ block, isHidden }: ArrangedBlock) => {
    change({ hidden: isHidden ? choices.hidden.filter((each) => each !== block) : [...choices.hidden, block] })
    setTold(isHidden ? `“${HOME_BLOCKS[block]}”将显示。` : `“${HOME_BLOCKS[block]}”不再显示。`)
  }
  const onKeys = (event: KeyboardEvent, block: HomeBlock) => {
    if (!event.altKey || !(event.key in STEPS)) return
    event.preventDefault()
    const control = (event.target as HTMLElement).dataset.control as Control | undefined
    move(block, STEPS[event.key as keyof typeof STEPS], control ?? 'grip')
  }
  const endDrag = () => {
    dragged.current = null
    setOver(null)
  }
  const drop = (event: DragEvent, target: ArrangedBlock) => {
    event.preventDefault()
    if (dragged.current) place(dragged.current, placeBlock(manifest, choices, dragged.current, blocks.indexOf(target)), 'grip')
    endDrag()
  }
  const movable = blocks.filter(({ isMovable }) => isMovable)
  return (
    <section className="cluster-layout__part" aria-labelledby="cluster-blocks">
      <h3 id="cluster-blocks">首页板块，从上到下</h3>
      <p className="cluster-hint">拖动，或用“上移”“下移”，或按住 Alt 再按方向键。</p>
      <ol ref={list} className="cluster-blocks">
        {blocks.map((each, index) => {
          const { block, isMovable, isHidden, rule } = each
          const name = HOME_BLOCKS[block]
          const canMove = isMovable && !isReadOnly
          return (
            <li
              key={block} data-block={block} className={`cluster-block ${isMovable ? '' : 'cluster-block--fixed'} ${over === block ? 'cluster-block--over' : ''} ${isHidden ? 'cluster-block--hidden' : ''}`}
              draggable={canMove} onDragStart={(event) => { event.dataTransfer.effectAllowed = 'move'; event.dataTransfer.setData('text/plain', name); dragged.current = block }}
              onDragEnd={endDrag}
              onDragOver={(event) => { if (dragged.current && dragged.current !== block && isMovable) { event.preventDefault(); setOver(block) } }} onDrop={(event) => drop(event, each)}
              onKeyDown={(event) => onKeys(event, block)}
            >
              <span className="cluster-block__place" aria-hidden="true">{index + 1}</span>
              <span className="cluster-block__name">
                {name}
                {isHidden ? <em className="cluster-state cluster-state--quiet">不显示</em> : null}
                <Rule isMovable={isMovable} rule={rule} />
              </span>
              {isReadOnly ? null : (
                <span className="cluster-block__deeds">
                  {rule === 'optional' ? <button type="button" className="cluster-button" data-control="show" onClick={() => show(each)}>{isHidden ? '显示' : '不显示'}<span className="cluster-visually-hidden">“{name}”</span></button> : null}
                  {isMovable ? (
                    <>
                      <button type="button" className="cluster-button" data-control="up" disabled={movable[0] === each} onClick={() => move(block, -1, 'up')}>上移<span className="cluster-visually-hidden">“{name}”</span></button>
                      <button type="button" className="cluster-button" data-control="down" disabled={movable.at(-1) === each} onClick={() => move(block, 1, 'down')}>下移<span className="cluster-visually-hidden">“{name}”</span></button>
                    </>
                  ) : null}
                </span>
              )}
            </li>
          )
        })}
      </ol>
      <p className="cluster-visually-hidden" role="status">{told}</p>
    </section>
  )
}

/** What the release says of a block, in a few words that stand there before anybody tries. */
function Rule({ isMovable, rule }: Pick<ArrangedBlock, 'isMovable' | 'rule'>) {
  if (isMovable) return <span className="cluster-block__rule">{rule === 'optional' ? '可调换，可不显示' : '可调换，必须显示'}</span>
  return <span className="cluster-block__rule"><LockSign /> {rule === 'optional' ? '位置锁定，可不显示' : '锁定'}：只有省级模板管理员能改</span>
}
