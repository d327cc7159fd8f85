import Rules

/// Why a rule was left out, in Chinese: the kind of its fault, which is one of some fifty. What the reader of rules says of
/// the very text stays beside it as it is.
enum ChineseRejection {
  static let kinds: [RuleDiagnostic.Code: String] = [
    .fileUnreadable: "文件无法读取", .fileLimit: "文件过大或过多", .yamlSyntax: "YAML 语法错误", .yamlLimit: "YAML 超出限制",
    .duplicateKey: "同一个键出现多次", .notARule: "不是规则", .unknownAction: "未知的 action",
    .collectionAction: "action 已不属于 Sigma 2",
    .missingAttribute: "缺少必需的属性", .badAttribute: "属性的值无效", .unknownKey: "未知的键", .unknownTaxonomy: "未知的分类体系（taxonomy）",
    .unknownLogsource: "未知的日志来源（logsource）", .unusualTag: "不常见的标签", .retiredStatus: "规则已停用", .duplicateID: "ID 重复",
    .duplicateTitle: "标题重复", .badTests: "规则自带的测试无效", .unseenField: "没有事件具有该字段", .badSelection: "选择条件（selection）无效",
    .badValue: "值无效", .nullInList: "列表中含有 null", .emptyList: "列表为空", .unknownModifier: "未知的修饰符",
    .badModifier: "修饰符用法无效",
    .singleValueAll: "只有一个值却用了 all", .wildcardOnly: "只有通配符", .badRegex: "正则表达式无效",
    .nonLinearRegex: "正则表达式无法在线性时间内执行", .badNetwork: "网段无效", .unresolvedPlaceholder: "占位符没有取值", .noPlaceholder: "没有占位符",
    .waitsForList: "所需的名单未配置", .tooManyTests: "判断过多", .tooManyFields: "字段过多", .neverTrue: "条件永远不会成立",
    .badCondition: "条件（condition）无效", .undefinedSelection: "条件引用了未定义的选择条件", .unusedSelection: "有选择条件未被使用",
    .unmatchedSelector: "没有选择条件与之匹配", .upperCaseOperator: "运算符应为小写", .unusedTimeframe: "timeframe 未被使用",
    .pipeAggregation: "管道聚合已不属于 Sigma 2", .badCorrelation: "关联规则（correlation）无效", .badTimespan: "时间跨度无效",
    .unknownReference: "引用了不存在的规则", .referenceByTitle: "以标题引用规则", .ambiguousReference: "引用的规则不唯一",
    .rejectedReference: "引用的规则未能使用", .cyclicReference: "规则互相引用成环", .rangeCondition: "条件为区间", .noGroupBy: "缺少 group-by",
    .aliasUnused: "别名未被使用", .filterWithoutNot: "过滤条件缺少 not", .filterUnused: "过滤器不适用于任何规则",
  ]

  /// `PLACE: error: MESSAGE [CODE] in rule 'T'`, as rejections are written; nil for anything else.
  static func of(_ text: String) -> (chinese: String, original: String?)? {
    guard let match = text.wholeMatch(of: /(?s)(.*?): error: (.*?) \[([a-z-]+)\](?: in rule ('.*'))?/),
      let kind = RuleDiagnostic.Code(rawValue: String(match.3)).flatMap({ kinds[$0] })
    else { return nil }
    let place = match.4.map { "\(match.1)（规则 \($0)）" } ?? String(match.1)
    let message = String(match.2)
    // What the system says of a file has words of its own.
    if message.hasPrefix(unreadable), let known = ChineseSystem.words[String(message.dropFirst(unreadable.count))] {
      return ("\(place)：\(kind)：\(known)", nil)
    }
    return ("\(place)：\(kind)", message)
  }

  private static let unreadable = "cannot be read: "
}

/// What the operating system says of files that cannot be read, as the C library words it.
enum ChineseSystem {
  static let words = [
    "No such file or directory": "没有此文件或目录", "Permission denied": "没有权限", "Operation not permitted": "不允许此操作",
    "Is a directory": "是目录", "Not a directory": "不是目录", "Input/output error": "输入输出错误", "File name too long": "文件名过长",
    "Too many open files": "打开的文件过多", "Too many open files in system": "系统打开的文件过多",
    "Too many levels of symbolic links": "符号链接层数过多", "No space left on device": "设备上没有空间",
    "Disk quota exceeded": "超出磁盘配额",
    "Read-only file system": "文件系统只读", "File too large": "文件过大", "Cannot allocate memory": "内存不足",
    "Stale file handle": "文件句柄已失效", "Remote I/O error": "远程输入输出错误", "Structure needs cleaning": "文件系统需要修复",
    "No such device or address": "没有此设备或地址", "No such device": "没有此设备", "Device or resource busy": "设备或资源忙",
    "Resource temporarily unavailable": "资源暂时不可用", "Connection timed out": "连接超时", "Host is down": "主机已关闭",
    "Transport endpoint is not connected": "传输端点未连接", "Value too large for defined data type": "数值过大",
    "Invalid argument": "参数无效", "Interrupted system call": "系统调用被中断", "Key has expired": "密钥已过期",
    "Required key not available": "没有所需的密钥",
  ]
}
