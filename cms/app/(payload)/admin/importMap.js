import { ReviewPanel as ReviewPanel_8d17cd6795cc094c7dfaf8c12f6a372b } from '../../../admin/review/review-panel'
import { StateCell as StateCell_3abedd1aef476aac5d57851215258600 } from '../../../admin/review/state-cell'
import { ShownInPanel as ShownInPanel_643de20e7dd9b691ac9e19a040c0ffa0 } from '../../../admin/review/shown-in-panel'
import { SiteField as SiteField_bf31ea9c63e0eaace1886051d0862789 } from '../../../admin/fields/site-field'
import { RscEntryLexicalCell as RscEntryLexicalCell_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { RscEntryLexicalField as RscEntryLexicalField_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { LexicalDiffComponent as LexicalDiffComponent_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { CleanPasteFeatureClient as CleanPasteFeatureClient_b6cda97f67100fe81db75652641fabb1 } from '../../../admin/editor/paste-feature-client'
import { InlineToolbarFeatureClient as InlineToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { FixedToolbarFeatureClient as FixedToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { TableFeatureClient as TableFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { UploadFeatureClient as UploadFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { LinkFeatureClient as LinkFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { OrderedListFeatureClient as OrderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { UnorderedListFeatureClient as UnorderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { HorizontalRuleFeatureClient as HorizontalRuleFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { BlockquoteFeatureClient as BlockquoteFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { AlignFeatureClient as AlignFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { SuperscriptFeatureClient as SuperscriptFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { SubscriptFeatureClient as SubscriptFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { StrikethroughFeatureClient as StrikethroughFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { UnderlineFeatureClient as UnderlineFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { BoldFeatureClient as BoldFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { ItalicFeatureClient as ItalicFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { HeadingFeatureClient as HeadingFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { ParagraphFeatureClient as ParagraphFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { TopControls as TopControls_e7322bc530cfd3b7cde9f32b6abf7ea3 } from '../../../admin/review/top-controls'
import { SaveButton as SaveButton_5277307a1ab1b0cdb2f3db038268f79f } from '../../../admin/review/save-button'
import { ReviewedEditView as ReviewedEditView_f4497508d71ff30d4c53c57dc2a20cfe } from '../../../admin/review/edit-view'
import { LinesField as LinesField_2ee9e12bbcafa7449b6e7c56c61eaf19 } from '../../../admin/fields/lines-field'
import { FindingsField as FindingsField_90d4319e19f9cb108dc91b0185f50dfe } from '../../../admin/fields/findings-field'
import { MomentField as MomentField_f71764c87fc2aa7999291dbbb4a2a5f9 } from '../../../admin/fields/due-field'
import { DueCell as DueCell_f71764c87fc2aa7999291dbbb4a2a5f9 } from '../../../admin/fields/due-field'
import { DueField as DueField_f71764c87fc2aa7999291dbbb4a2a5f9 } from '../../../admin/fields/due-field'
import { ImportReportField as ImportReportField_b25c653a97b29f0a48472a4ae9cba335 } from '../../../admin/fields/import-report-field'
import { LayoutEditor as LayoutEditor_7b14384ffc21d4c7b25742ed33d2d35b } from '../../../admin/layout/layout-editor'
import { AccountSafety as AccountSafety_85ce61317d6b57b704dd41a55dc17613 } from '../../../admin/security/account-safety'
import { Mark as Mark_a7ecc0a058423ff2f71140eb7fe5bf0e } from '../../../admin/brand/mark'
import { Logo as Logo_af63701407855d82d6228bee97b76e08 } from '../../../admin/brand/logo'
import { KeepSignedIn as KeepSignedIn_d963ac2ce3f7b8d1e8bf0d1fa51ec6d6 } from '../../../admin/sign-in/keep-signed-in'
import { InboxView as InboxView_92d56a7faf6a23d3aac9c07c11dce622 } from '../../../admin/inbox/inbox-view'
import { SignInView as SignInView_4370cb2bbc3b91a6e2294ef94ef400cd } from '../../../admin/sign-in/sign-in-view'
import { FirstStepsView as FirstStepsView_28c4052745b0530a844e5923d847f8e8 } from '../../../admin/sign-in/first-steps-view'
import { AccountView as AccountView_256a42e1987dd273de23c45ef519c1a8 } from '../../../admin/account/account-view'
import { OwnLayout as OwnLayout_85e1fd22e0bba61e4baa07cdb215794d } from '../../../admin/layout/own-layout'
import { SecurityView as SecurityView_0408d25fe99aec7ed401200df2dba0fa } from '../../../admin/security/security-view'
import { AuditView as AuditView_1b5f7d8777aa08809d64121c200e70b7 } from '../../../admin/audit/audit-view'
import { ContentPoolView as ContentPoolView_4d4b77ec5a0f108589c550aef756a9c7 } from '../../../admin/content-pool/content-pool-view'
import { RolloutView as RolloutView_4b4b8a3b79101885f6bec0f3dcb084ac } from '../../../admin/rollouts/rollout-view'
import { RolloutsView as RolloutsView_e4699bcb141ed987d09fa97a1b9aaa0c } from '../../../admin/rollouts/rollouts-view'
import { SiteChangeView as SiteChangeView_20318d4e3fd33f6565fc82fc1467b804 } from '../../../admin/site-changes/site-change-view'
import { SiteChangesView as SiteChangesView_ded3a459a0c977c548cb952f45201ac4 } from '../../../admin/site-changes/site-changes-view'
import { DashboardView as DashboardView_6e6c2a7e01dcd0d559956d589b12d303 } from '../../../admin/dashboard/dashboard-view'
import { OperationsView as OperationsView_ed7bea6e3c834e1bfc3c3716f34d89df } from '../../../admin/operations/operations-view'
import { CollectionCards as CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1 } from '@payloadcms/next/rsc'

/** @type import('payload').ImportMap */
export const importMap = {
  "/admin/review/review-panel#ReviewPanel": ReviewPanel_8d17cd6795cc094c7dfaf8c12f6a372b,
  "/admin/review/state-cell#StateCell": StateCell_3abedd1aef476aac5d57851215258600,
  "/admin/review/shown-in-panel#ShownInPanel": ShownInPanel_643de20e7dd9b691ac9e19a040c0ffa0,
  "/admin/fields/site-field#SiteField": SiteField_bf31ea9c63e0eaace1886051d0862789,
  "@payloadcms/richtext-lexical/rsc#RscEntryLexicalCell": RscEntryLexicalCell_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/rsc#RscEntryLexicalField": RscEntryLexicalField_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/rsc#LexicalDiffComponent": LexicalDiffComponent_44fe37237e0ebf4470c9990d8cb7b07e,
  "/admin/editor/paste-feature-client#CleanPasteFeatureClient": CleanPasteFeatureClient_b6cda97f67100fe81db75652641fabb1,
  "@payloadcms/richtext-lexical/client#InlineToolbarFeatureClient": InlineToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#FixedToolbarFeatureClient": FixedToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#TableFeatureClient": TableFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#UploadFeatureClient": UploadFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#LinkFeatureClient": LinkFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#OrderedListFeatureClient": OrderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#UnorderedListFeatureClient": UnorderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#HorizontalRuleFeatureClient": HorizontalRuleFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#BlockquoteFeatureClient": BlockquoteFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#AlignFeatureClient": AlignFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#SuperscriptFeatureClient": SuperscriptFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#SubscriptFeatureClient": SubscriptFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#StrikethroughFeatureClient": StrikethroughFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#UnderlineFeatureClient": UnderlineFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#BoldFeatureClient": BoldFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#ItalicFeatureClient": ItalicFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#HeadingFeatureClient": HeadingFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#ParagraphFeatureClient": ParagraphFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "/admin/review/top-controls#TopControls": TopControls_e7322bc530cfd3b7cde9f32b6abf7ea3,
  "/admin/review/save-button#SaveButton": SaveButton_5277307a1ab1b0cdb2f3db038268f79f,
  "/admin/review/edit-view#ReviewedEditView": ReviewedEditView_f4497508d71ff30d4c53c57dc2a20cfe,
  "/admin/fields/lines-field#LinesField": LinesField_2ee9e12bbcafa7449b6e7c56c61eaf19,
  "/admin/fields/findings-field#FindingsField": FindingsField_90d4319e19f9cb108dc91b0185f50dfe,
  "/admin/fields/due-field#MomentField": MomentField_f71764c87fc2aa7999291dbbb4a2a5f9,
  "/admin/fields/due-field#DueCell": DueCell_f71764c87fc2aa7999291dbbb4a2a5f9,
  "/admin/fields/due-field#DueField": DueField_f71764c87fc2aa7999291dbbb4a2a5f9,
  "/admin/fields/import-report-field#ImportReportField": ImportReportField_b25c653a97b29f0a48472a4ae9cba335,
  "/admin/layout/layout-editor#LayoutEditor": LayoutEditor_7b14384ffc21d4c7b25742ed33d2d35b,
  "/admin/security/account-safety#AccountSafety": AccountSafety_85ce61317d6b57b704dd41a55dc17613,
  "/admin/brand/mark#Mark": Mark_a7ecc0a058423ff2f71140eb7fe5bf0e,
  "/admin/brand/logo#Logo": Logo_af63701407855d82d6228bee97b76e08,
  "/admin/sign-in/keep-signed-in#KeepSignedIn": KeepSignedIn_d963ac2ce3f7b8d1e8bf0d1fa51ec6d6,
  "/admin/inbox/inbox-view#InboxView": InboxView_92d56a7faf6a23d3aac9c07c11dce622,
  "/admin/sign-in/sign-in-view#SignInView": SignInView_4370cb2bbc3b91a6e2294ef94ef400cd,
  "/admin/sign-in/first-steps-view#FirstStepsView": FirstStepsView_28c4052745b0530a844e5923d847f8e8,
  "/admin/account/account-view#AccountView": AccountView_256a42e1987dd273de23c45ef519c1a8,
  "/admin/layout/own-layout#OwnLayout": OwnLayout_85e1fd22e0bba61e4baa07cdb215794d,
  "/admin/security/security-view#SecurityView": SecurityView_0408d25fe99aec7ed401200df2dba0fa,
  "/admin/audit/audit-view#AuditView": AuditView_1b5f7d8777aa08809d64121c200e70b7,
  "/admin/content-pool/content-pool-view#ContentPoolView": ContentPoolView_4d4b77ec5a0f108589c550aef756a9c7,
  "/admin/rollouts/rollout-view#RolloutView": RolloutView_4b4b8a3b79101885f6bec0f3dcb084ac,
  "/admin/rollouts/rollouts-view#RolloutsView": RolloutsView_e4699bcb141ed987d09fa97a1b9aaa0c,
  "/admin/site-changes/site-change-view#SiteChangeView": SiteChangeView_20318d4e3fd33f6565fc82fc1467b804,
  "/admin/site-changes/site-changes-view#SiteChangesView": SiteChangesView_ded3a459a0c977c548cb952f45201ac4,
  "/admin/dashboard/dashboard-view#DashboardView": DashboardView_6e6c2a7e01dcd0d559956d589b12d303,
  "/admin/operations/operations-view#OperationsView": OperationsView_ed7bea6e3c834e1bfc3c3716f34d89df,
  "@payloadcms/next/rsc#CollectionCards": CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1
}
