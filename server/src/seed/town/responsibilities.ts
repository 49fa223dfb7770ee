import {
  categories,
  categoryCodes,
  type CategoryCode,
  type Role,
} from '@alley-chief/shared/domain';
import type { Responsibility } from '../../routing/types';
import { townshipPath } from './areas';
import { unitName, type UnitId } from './units';

type Kind = Responsibility['kind'];
type Handler = { unit: UnitId } | { role: Exclude<Role, 'unitStaff'> };

const unit = (id: UnitId): Handler => ({ unit: id });
const role = (r: Exclude<Role, 'unitStaff'>): Handler => ({ role: r });

/** The township's duty list: who, as what, under which number and name. Sample content. */
const dutyList: Record<CategoryCode, [Handler, Kind, number, string]> = {
  'safety.fire': [unit('safety'), 'cooperative', 11, '消防隐患排查整治'],
  'safety.hazard': [unit('safety'), 'basic', 12, '安全隐患日常巡查'],
  'safety.order': [unit('police'), 'cooperative', 13, '治安巡防与线索核查'],
  'safety.traffic': [unit('traffic'), 'cooperative', 14, '农村道路交通安全'],
  'safety.lift': [unit('market'), 'reclaimed', 17, '特种设备安全协查'],
  'safety.dogs': [unit('police'), 'cooperative', 15, '犬只管理'],
  'safety.fraud': [unit('police'), 'cooperative', 16, '反诈宣传与劝阻'],
  'environment.garbage': [unit('sanitation'), 'basic', 31, '生活垃圾收集清运'],
  'environment.sewage': [unit('sanitation'), 'basic', 32, '排水沟渠清淤疏通'],
  'environment.noise': [role('gridWorker'), 'basic', 33, '噪声扰民劝导'],
  'environment.burning': [role('gridWorker'), 'basic', 34, '露天焚烧巡查制止'],
  'environment.toilet': [unit('sanitation'), 'basic', 35, '农村厕所改造与管护'],
  'environment.pollution': [unit('ecology'), 'reclaimed', 36, '养殖与企业排污查处'],
  'roads.light': [unit('electricians'), 'basic', 42, '城乡照明设施养护'],
  'roads.surface': [unit('planning'), 'basic', 43, '村组道路养护'],
  'roads.manhole': [unit('planning'), 'basic', 44, '井盖巡查与更换'],
  'roads.obstruct': [role('gridWorker'), 'basic', 45, '占道堆放清理'],
  'roads.transit': [unit('traffic'), 'reclaimed', 47, '公交客运与出租监管'],
  'roads.trees': [unit('planning'), 'basic', 46, '道路树木与绿化管护'],
  'utilities.water': [unit('waterworks'), 'basic', 51, '农村供水管网维护'],
  'utilities.power': [unit('powerstation'), 'cooperative', 52, '农村用电抢修配合'],
  'utilities.gas': [unit('gas'), 'reclaimed', 53, '燃气设施抢修'],
  'utilities.heating': [unit('housing'), 'reclaimed', 54, '供暖保障'],
  'utilities.network': [unit('telecom'), 'cooperative', 55, '通信线路维护配合'],
  'housing.homestead': [unit('land'), 'basic', 61, '宅基地审批与建房管理'],
  'housing.unsafe': [unit('planning'), 'basic', 62, '危房排查与改造'],
  'housing.illegal': [unit('planning'), 'cooperative', 63, '违法建设巡查'],
  'housing.demolition': [unit('land'), 'cooperative', 64, '征地补偿政策解答'],
  'housing.land': [unit('agriculture'), 'basic', 65, '承包地管理与确权'],
  'housing.purchase': [unit('housing'), 'reclaimed', 67, '购房与不动产登记协调'],
  'housing.estate': [unit('housing'), 'reclaimed', 66, '物业服务监管'],
  'farm.irrigation': [unit('electricians'), 'basic', 71, '机井通电与维护'],
  'farm.subsidy': [unit('agriculture'), 'basic', 72, '种粮与农机补贴申报'],
  'farm.pest': [unit('agriculture'), 'basic', 73, '病虫害与动物疫病防控'],
  'farm.supply': [unit('agriculture'), 'cooperative', 74, '农资质量巡查'],
  'security.allowance': [unit('civil'), 'basic', 81, '低保特困与临时救助'],
  'security.pension': [unit('labour'), 'basic', 82, '城乡居民养老保险'],
  'security.senior': [unit('civil'), 'basic', 83, '高龄津贴申领'],
  'security.disabled': [unit('civil'), 'basic', 84, '残疾人服务'],
  'security.veteran': [unit('veterans'), 'basic', 85, '退役军人服务保障'],
  'health.insurance': [unit('medicare'), 'basic', 91, '居民医保缴费与报销'],
  'health.clinic': [unit('clinic'), 'cooperative', 92, '基本医疗与转诊'],
  'health.epidemic': [unit('clinic'), 'cooperative', 93, '传染病防控与接种'],
  'health.birth': [unit('clinic'), 'basic', 95, '生育服务与妇幼保健'],
  'health.food': [unit('market'), 'cooperative', 94, '食品安全协管'],
  'education.entry': [unit('schools'), 'basic', 101, '义务教育入学'],
  'education.school': [unit('schools'), 'basic', 102, '校园日常管理'],
  'education.tutor': [unit('schools'), 'cooperative', 103, '校外培训巡查'],
  'education.culture': [unit('servicehall'), 'basic', 104, '文体活动与场地管理'],
  'dispute.neighbour': [unit('mediation'), 'basic', 21, '邻里纠纷调解'],
  'dispute.family': [unit('mediation'), 'basic', 22, '婚姻家庭纠纷调解'],
  'dispute.boundary': [unit('mediation'), 'basic', 23, '宅界地界纠纷调处'],
  'dispute.money': [unit('mediation'), 'basic', 24, '债务赔偿纠纷调解'],
  'market.consumer': [unit('market'), 'cooperative', 111, '消费维权'],
  'market.price': [unit('market'), 'cooperative', 112, '计量与明码标价'],
  'market.vendor': [unit('market'), 'cooperative', 113, '集贸市场与摊贩管理'],
  'market.delivery': [unit('market'), 'cooperative', 115, '快递外卖服务协查'],
  'market.tourism': [unit('market'), 'reclaimed', 114, '旅游住宿投诉协查'],
  'labour.wages': [unit('labour'), 'cooperative', 121, '欠薪线索核查'],
  'labour.jobs': [unit('labour'), 'basic', 122, '就业服务与培训'],
  'labour.injury': [unit('labour'), 'cooperative', 123, '工伤政策咨询'],
  'labour.contract': [unit('labour'), 'cooperative', 124, '劳动合同与职工社保指导'],
  'elder.care': [role('alleyChief'), 'basic', 131, '独居老人探访'],
  'elder.meals': [role('gridWorker'), 'basic', 132, '老年助餐服务'],
  'elder.left': [role('gridWorker'), 'basic', 133, '留守儿童与困境家庭探访'],
  'style.staff': [role('gridSupervisor'), 'basic', 1, '干部作风问题受理'],
  'style.finance': [unit('discipline'), 'basic', 2, '村务财务公开监督'],
  'other.certificate': [unit('servicehall'), 'basic', 141, '证明与证件代办'],
  'other.suggestion': [role('gridLeader'), 'basic', 142, '意见建议收集办理'],
  'other.unclear': [role('gridWorker'), 'basic', 143, '群众诉求首问登记'],
};

/** Limits that are shorter on this ground than the category's default. Hours. */
const limits: Partial<Record<CategoryCode, number>> = {
  'environment.sewage': 24,
  'roads.manhole': 8,
};

/** One rule a category, all for the township. */
export const responsibilities: Responsibility[] = categoryCodes.map((category) => {
  const [handler, kind, no, dutyName] = dutyList[category];
  return {
    category,
    areaPath: townshipPath,
    handler:
      'unit' in handler
        ? { role: 'unitStaff', unitId: handler.unit, unitName: unitName(handler.unit) }
        : handler,
    dutyNo: String(no),
    dutyName,
    kind,
    limitHours: limits[category] ?? categories[category].limitHours,
  };
});
