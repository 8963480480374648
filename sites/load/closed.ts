import { INTERACTION_MODULES, type InteractionModule } from '@cluster/shared/governance/templates/parts'
import type { Loaded, LoadContext } from './context.ts'
import { failurePage } from './failure.ts'

/** What a reader is told at an address of a switched-off module. */
export function loadClosed(context: LoadContext, module: InteractionModule, reference: string): Loaded {
  const name = INTERACTION_MODULES[module]
  const { phone } = context.site.footer
  return failurePage(context, {
    status: 404,
    reference,
    title: `没有开通${name}`,
    message: `本站点没有开通“${name}”。${phone ? `需要联系我们，请拨打 ${phone}。` : '需要联系我们，请看页面下方的联系方式。'}`,
  })
}
