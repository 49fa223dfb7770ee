/**
 * The product's own two-level list of matters, aligned with grid-event and 12345 practice.
 * Who is responsible for a category is data (the township's duty list), not code.
 */

export const categoryGroups = {
  safety: '公共安全',
  environment: '环境卫生',
  roads: '道路照明',
  utilities: '水电气网',
  housing: '房屋土地',
  farm: '农业农村',
  security: '社保救助',
  health: '医疗医保',
  education: '教育入学',
  dispute: '邻里纠纷',
  market: '市场消费',
  labour: '务工就业',
  elder: '养老照护',
  style: '干部作风',
  other: '其他',
} as const;
export type CategoryGroup = keyof typeof categoryGroups;

export interface Category {
  name: string;
  /** Name of the icon the card shows. */
  icon: string;
  /** Default limit in hours, overridden by the responsibility table. */
  limitHours: number;
  /** What is promised by then, e.g. 修好. */
  dueVerb: string;
}

const c = (name: string, icon: string, limitHours: number, dueVerb: string): Category => ({
  name,
  icon,
  limitHours,
  dueVerb,
});

/** Second-level categories by code `group.item`. */
export const categories = {
  'safety.fire': c('消防隐患', 'flame', 24, '消除隐患'),
  'safety.hazard': c('其他安全隐患', 'alert', 24, '消除隐患'),
  'safety.order': c('治安与可疑人员', 'shield', 24, '查看'),
  'safety.traffic': c('交通安全与乱停车', 'alert', 48, '处理'),
  'safety.lift': c('电梯与特种设备', 'alert', 24, '查看'),
  'safety.dogs': c('犬只伤人扰民', 'alert', 48, '处理'),
  'safety.fraud': c('诈骗与传销', 'shield', 24, '回话'),
  'environment.garbage': c('垃圾清运', 'trash', 24, '清走'),
  'environment.sewage': c('污水与排水沟', 'water', 48, '疏通'),
  'environment.noise': c('噪声扰民', 'bell', 48, '处理'),
  'environment.burning': c('烧秸秆烧垃圾冒烟', 'flame', 12, '处理'),
  'environment.toilet': c('厕所与旱厕改造', 'home', 72, '处理'),
  'environment.pollution': c('养殖与工厂污染', 'alert', 72, '查看'),
  'roads.light': c('路灯', 'lamp', 24, '修好'),
  'roads.surface': c('路面坑洼', 'walk', 120, '修好'),
  'roads.manhole': c('井盖', 'alert', 12, '修好'),
  'roads.obstruct': c('占道与乱堆', 'walk', 48, '清走'),
  'roads.transit': c('公交客运与出租', 'walk', 72, '答复'),
  'roads.trees': c('树木绿化', 'flag', 72, '处理'),
  'utilities.water': c('自来水', 'water', 24, '修好'),
  'utilities.power': c('用电', 'lamp', 24, '修好'),
  'utilities.gas': c('燃气', 'flame', 12, '修好'),
  'utilities.heating': c('供暖', 'home', 24, '修好'),
  'utilities.network': c('网络电话电视', 'phone', 48, '修好'),
  'housing.homestead': c('宅基地与建房', 'home', 120, '答复'),
  'housing.unsafe': c('危房', 'home', 48, '查看'),
  'housing.illegal': c('违章搭建', 'home', 120, '查看'),
  'housing.demolition': c('征地拆迁', 'home', 120, '答复'),
  'housing.land': c('承包地', 'map', 120, '答复'),
  'housing.estate': c('小区物业', 'home', 72, '答复'),
  'housing.purchase': c('买房与房产证', 'home', 120, '答复'),
  'farm.irrigation': c('机井与浇地', 'water', 24, '修好'),
  'farm.subsidy': c('种粮与农机补贴', 'doc', 72, '答复'),
  'farm.pest': c('病虫害与畜禽疫病', 'flag', 24, '查看'),
  'farm.supply': c('种子农药化肥', 'flag', 72, '查看'),
  'security.allowance': c('低保五保救助', 'hand', 72, '答复'),
  'security.pension': c('养老保险', 'doc', 72, '答复'),
  'security.senior': c('高龄补贴', 'chair', 72, '答复'),
  'security.disabled': c('残疾人服务', 'hand', 72, '答复'),
  'security.veteran': c('退役军人', 'star', 72, '答复'),
  'health.insurance': c('医保缴费报销', 'pill', 48, '答复'),
  'health.clinic': c('看病就医', 'pill', 48, '答复'),
  'health.epidemic': c('防疫与接种', 'pill', 48, '答复'),
  'health.birth': c('生育与妇幼', 'baby', 72, '答复'),
  'health.food': c('食品卫生', 'pill', 48, '查看'),
  'education.entry': c('入学转学', 'doc', 72, '答复'),
  'education.school': c('校园管理', 'doc', 72, '答复'),
  'education.tutor': c('校外培训', 'doc', 72, '查看'),
  'education.culture': c('文体活动与场地', 'flag', 72, '答复'),
  'dispute.neighbour': c('邻里纠纷', 'users', 72, '上门调解'),
  'dispute.family': c('家庭婚姻纠纷', 'users', 72, '上门调解'),
  'dispute.boundary': c('宅界地界纠纷', 'users', 72, '上门调解'),
  'dispute.money': c('债务赔偿纠纷', 'users', 72, '上门调解'),
  'market.consumer': c('消费维权', 'shield', 72, '答复'),
  'market.price': c('价格与秤', 'shield', 72, '查看'),
  'market.vendor': c('经营与摊贩', 'shield', 72, '查看'),
  'market.delivery': c('快递外卖', 'phone', 48, '答复'),
  'market.tourism': c('旅游住宿', 'map', 72, '查看'),
  'labour.wages': c('拖欠工资', 'hand', 72, '答复'),
  'labour.jobs': c('找活与培训', 'hand', 72, '答复'),
  'labour.injury': c('工伤', 'hand', 72, '答复'),
  'labour.contract': c('合同与职工社保', 'doc', 72, '答复'),
  'elder.care': c('老人照看', 'chair', 24, '上门看看'),
  'elder.meals': c('老人吃饭助餐', 'chair', 48, '答复'),
  'elder.left': c('留守儿童与困境家庭', 'baby', 24, '上门看看'),
  'style.staff': c('干部与工作人员作风', 'shield', 120, '答复'),
  'style.finance': c('村务财务公开', 'doc', 120, '答复'),
  'other.certificate': c('证明与证件', 'idcard', 48, '答复'),
  'other.suggestion': c('意见建议', 'flag', 120, '答复'),
  'other.unclear': c('待问清', 'more', 24, '回话'),
} as const satisfies Record<string, Category>;
export type CategoryCode = keyof typeof categories;

export const categoryCodes = Object.keys(categories) as CategoryCode[];

export const isCategory = (code: string): code is CategoryCode => code in categories;

/** `roads.light` -> `roads` */
export const groupOf = (code: CategoryCode): CategoryGroup => code.split('.')[0] as CategoryGroup;
