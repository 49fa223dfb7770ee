import { cityPath, townshipPath } from './areas';
import type { Unit } from './types';

/** Stations of the township, companies and offices of the city. Invented like the rest. */
export const units = [
  { id: 'electricians', name: '镇电工班', areaPath: townshipPath },
  { id: 'sanitation', name: '乡环卫站', areaPath: townshipPath },
  { id: 'waterworks', name: '镇供水站', areaPath: townshipPath },
  { id: 'powerstation', name: '丁集供电所', areaPath: townshipPath },
  { id: 'civil', name: '镇民政所', areaPath: townshipPath },
  { id: 'medicare', name: '镇医保窗口', areaPath: townshipPath },
  { id: 'police', name: '丁集派出所', areaPath: townshipPath },
  { id: 'traffic', name: '丁集交警中队', areaPath: townshipPath },
  { id: 'mediation', name: '镇综治中心调解室', areaPath: townshipPath },
  { id: 'market', name: '镇市场监管所', areaPath: townshipPath },
  { id: 'schools', name: '镇教办', areaPath: townshipPath },
  { id: 'agriculture', name: '镇农业服务中心', areaPath: townshipPath },
  { id: 'clinic', name: '镇卫生院', areaPath: townshipPath },
  { id: 'planning', name: '镇规建所', areaPath: townshipPath },
  { id: 'land', name: '丁集自然资源所', areaPath: townshipPath },
  { id: 'safety', name: '镇应急所', areaPath: townshipPath },
  { id: 'labour', name: '镇社保所', areaPath: townshipPath },
  { id: 'veterans', name: '镇退役军人服务站', areaPath: townshipPath },
  { id: 'servicehall', name: '镇便民服务中心', areaPath: townshipPath },
  { id: 'discipline', name: '镇纪检办', areaPath: townshipPath },
  { id: 'gas', name: '市燃气公司', areaPath: cityPath },
  { id: 'telecom', name: '市通信联合服务站', areaPath: cityPath },
  { id: 'ecology', name: '市生态环境局', areaPath: cityPath },
  { id: 'housing', name: '市住建服务中心', areaPath: cityPath },
] as const satisfies Unit[];

export type UnitId = (typeof units)[number]['id'];

export const unitName = (id: UnitId): string => units.find((u) => u.id === id)!.name;
