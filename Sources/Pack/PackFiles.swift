// Made by scripts/embed-rules from the files below rules/. Change those, then run `make rules`.

// swift-format-ignore-file

extension Pack {
  static let embedded: [File] = [
    File(name: "base.yml", text: ##"""
title: 'Base: console sign-in failed'
id: fd264d34-1bd8-5e5d-8509-4fa2d6ad30fa
name: base_login_failure
status: test
description: >-
  For counting.
author: Harrier
date: 2026-11-21
unproven: [tencent]
logsource: {product: cloud}
detection:
  selection:
    class: login
    action: [ConsoleLogin, ConsoleSignin]
    outcome: failure
  condition: selection
---
title: 'Base: second factor refused'
id: d0f07df5-9fcf-5bb9-9632-d6e116277794
name: base_mfa_failure
status: test
description: >-
  For counting.
author: Harrier
date: 2026-11-21
unproven: [tencent]
logsource: {product: cloud}
detection:
  selection:
    class: login
    outcome: failure
  by_code:
    error_code|contains: MFA
  by_message:
    error_message|contains: MFA
  by_flag:
    mfa: 'yes'
  condition: selection and 1 of by_*
---
title: 'Base: console sign-in succeeded'
id: b6c453a5-0353-51bd-88e9-104b61eb03db
name: base_login_success
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: login
    action: [ConsoleLogin, ConsoleSignin]
    outcome: success
  condition: selection
---
title: 'Base: call refused'
id: f756dca2-cef0-58b4-840f-c4a3e2687bde
name: base_denied
status: test
description: >-
  For counting.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    outcome: denied
    actor|exists: true
  condition: selection
---
title: 'Base: call with a key went wrong'
id: f86471db-1839-5acd-bfa4-5b1bef44b431
name: base_failed_with_key
status: test
description: >-
  For counting.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    outcome: [denied, failure]
    actor_key|exists: true
  condition: selection
---
title: 'Base: somebody looks around'
id: 270e4f72-319f-5034-ac46-e0f2f2b967d6
name: base_looks_around
status: test
description: >-
  For counting.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: discovery
  condition: selection
---
title: 'Base: user lists identities and rights'
id: b2350ae1-b5bf-5178-80ad-2b6098154239
name: base_lists_identities
status: test
description: >-
  For sequences. Roles of pipelines do this before each change.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: discovery
    actor_type: user
    service: [iam, ram, ims, cam, sts]
  condition: selection
---
title: 'Base: credentials, rights or secrets are taken'
id: 41b4690f-4c3d-546f-aaa7-e35fef68b108
name: base_takes_hold
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: [credential_creation, policy_attachment, secret_read, login_profile]
    outcome: success
  condition: selection
---
title: 'Base: secret read'
id: 7ee6806a-8134-5110-8669-ce6e072265c9
name: base_secret_read
status: test
description: >-
  For counting; refused attempts count too.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: secret_read
  condition: selection
---
title: 'Base: user lists the names of secrets'
id: 5d0c1e0b-3a0e-5b33-9d5f-6d8a9b1f2c41
name: base_lists_secrets
status: test
description: >-
  For sequences. Programs know the names of what they need.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: discovery
    actor_type: user
    action: [ListSecrets, DescribeParameters]
    outcome: success
  condition: selection
---
title: 'Base: user reads a secret'
id: 8a4f0a57-6a0b-5f0e-8c39-0d4f5c6f7e12
name: base_user_reads_secret
status: test
description: >-
  For sequences; refused attempts count too.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: secret_read
    actor_type: user
  condition: selection
---
title: 'Base: user reads secrets or lists identities'
id: 44054b19-a216-585e-b702-74361be810bf
name: base_user_reaches_in
status: test
description: >-
  For histories.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    actor_type: user
    outcome: success
  secret:
    class: secret_read
  list:
    class: discovery
    service: [iam, ram, ims, cam]
  condition: selection and (secret or list)
---
title: 'Base: user signs in, reads secrets or looks around'
id: 940c0545-d588-5e83-87d8-c15548134fc0
name: base_user_works
status: test
description: >-
  For histories.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    actor_type: user
    class: [login, secret_read, discovery]
    outcome: success
  condition: selection
---
title: 'Base: user changes identities, rights or logging'
id: cbd91b92-78f9-522c-8df6-16ed2cf713df
name: base_user_changes_power
status: test
description: >-
  For histories.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    actor_type: user
    class:
      - identity_change
      - credential_creation
      - login_profile
      - policy_attachment
      - policy_change
      - role_trust
      - logging_tamper
      - federation_change
    outcome: success
  condition: selection
---
title: 'Base: second factor removed'
id: b7cf9f62-26ec-5f03-a08d-2eee462abff2
name: base_mfa_removed
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: mfa_removal
    outcome: success
  condition: selection
---
title: 'Base: second factor added'
id: 3c97b0af-0117-5698-97f7-7d02689ba56e
name: base_mfa_added
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: mfa_change
    outcome: success
  condition: selection
---
title: 'Base: session taken'
id: 070eef75-4126-51c1-a3e4-2c0321609a6d
name: base_session_minted
status: test
description: >-
  For sequences and gaps.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: session_token
    outcome: success
  condition: selection
---
title: 'Base: user created'
id: 3bd57a98-39bf-51f1-a6f8-734143dd12f5
name: base_user_created
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: identity_change
    action|startswith: [Create, Add]
    outcome: success
  condition: selection
---
title: 'Base: user deleted'
id: 149b7b13-7966-5501-a114-82f0b4929e83
name: base_user_deleted
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: identity_change
    action|startswith: Delete
    outcome: success
  condition: selection
---
title: 'Base: administrator rights attached'
id: 7003ecab-1983-54e0-b94d-c61ef25df3d0
name: base_admin_attached
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: policy_attachment
    action|startswith: [Attach, Put]
    outcome: success
    requestParameters|contains: [AdministratorAccess, AliyunRAMFullAccess, IAMFullAccess, QcloudCamFullAccess]
  condition: selection
---
title: 'Base: rights given'
id: be33bbbb-960d-5637-82f0-b2c243783ed2
name: base_rights_given
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: policy_attachment
    action|startswith: [Attach, Put]
    outcome: success
  condition: selection
---
title: 'Base: rights taken'
id: eb57f734-98e7-5463-a9ea-d24de6f6e505
name: base_rights_taken
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: policy_attachment
    action|startswith: [Detach, Delete]
    outcome: success
  condition: selection
---
title: 'Base: key or password made'
id: ce89b692-5806-5c01-8bb9-287bf3bd07c9
name: base_credential_made
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: [credential_creation, login_profile]
    action|startswith: Create
    outcome: success
  condition: selection
---
title: 'Base: key handed out'
id: 17ae8c31-fb10-5b67-abfc-2dbd96eed806
name: base_key_minted
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: credential_creation
    minted_key|exists: true
    outcome: success
  condition: selection
---
title: 'Base: key made by a user for somebody else'
id: e81f1b59-2a05-5592-819f-5a2757475a4e
name: base_key_for_other
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: credential_creation
    minted_key|exists: true
    actor_type: [user, root]
    outcome: success
  own:
    target|fieldref: actor
  condition: selection and not own
---
title: 'Base: key asks whose it is'
id: cf027938-0873-5b59-b46e-d9ad9ec30315
name: base_who_am_i
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    action: GetCallerIdentity
    actor_key|exists: true
  condition: selection
---
title: 'Base: resource deleted'
id: 29f4bfc2-9f69-5e91-9d3a-a3b7fab705c6
name: base_deleted
status: test
description: >-
  For counting.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: destructive
    category: management
    outcome: success
  condition: selection
---
title: 'Base: backup or key destroyed'
id: 492d35be-5c55-5979-a75d-28bd60c999fe
name: base_backup_destroyed
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: [backup_change, key_destruction]
    outcome: success
  gone:
    action|startswith: [Delete, Schedule, Disable]
  condition: selection and gone
---
title: 'Base: logging stopped'
id: 1c20871e-a7ca-57d0-8c7e-d6653b2fa3ba
name: base_logging_stopped
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: logging_tamper
    action|startswith: Stop
    outcome: success
  condition: selection
---
title: 'Base: logging started'
id: 10706d74-76b8-5e48-8d3c-93ea5eb38a18
name: base_logging_started
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: logging_change
    action|startswith: [Start, Create]
    outcome: success
  condition: selection
---
title: 'Base: port for administration opened to the whole internet'
id: cd6433bd-f157-513a-a25b-6c0b295712f5
name: base_opened
status: test
description: >-
  For exposures.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: network_exposure
    target_type: network rule
    outcome: success
  aws_port:
    requestParameters|re: '"?[fF]romPort"?\s*:\s*"?(20|21|22|23|135|445|1433|1521|2375|3306|3389|5432|5900|5985|6379|9200|11211|27017)\b'
  aws_all:
    requestParameters|re: '"ipProtocol"\s*:\s*"-1"'
  alibaba_port:
    requestParameters.PortRange|re: '^(-1/-1|1/65535|(20|21|22|23|135|445|1433|1521|2375|3306|3389|5432|5900|5985|6379|9200|11211|27017)/)'
  tencent_port:
    requestParameters.SecurityGroupPolicySet.Ingress.Port|re: '(?i)(^|,)(all$|(20|21|22|23|135|445|1433|1521|2375|3306|3389|5432|5900|5985|6379|9200|11211|27017)(,|-|$))'
  condition: selection and 1 of *_*
---
title: 'Base: connection rule taken back'
id: 91565ede-1fa6-51ec-9bea-821a5ccd48ce
name: base_closed
status: test
description: >-
  For exposures.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: [network_change, network_exposure]
    action|startswith: [Revoke, Delete, Modify, Replace]
    outcome: success
  condition: selection
---
title: 'Base: start script asked for'
id: b8983be9-fae7-5136-a2ff-c48eb8cb2240
name: base_start_script_read
status: test
description: >-
  For counting; refused attempts count too.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    action: DescribeInstanceAttribute
    requestParameters|contains: userData
  condition: selection
---
title: 'Base: asks which machines take commands'
id: f3be7cce-05c5-5a68-a622-dc08b26b7caf
name: base_asks_which_listen
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    action: [DescribeInstanceInformation, DescribeCloudAssistantStatus, DescribeAutomationAgentStatus]
  condition: selection
---
title: 'Base: command on a machine'
id: ae18dab0-2634-53f1-abdc-8311d6009366
name: base_command
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: remote_execution
    outcome: success
  condition: selection
---
title: 'Base: snapshot or image made'
id: 22531a5b-c65d-5dc0-a9db-aea955503b5c
name: base_copy_made
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    action|startswith: [CreateSnapshot, CreateImage, CreateDBSnapshot]
    outcome: success
  condition: selection
---
title: 'Base: snapshot or image shared'
id: 05a8d849-7f17-58ad-808f-279716e28b07
name: base_copy_shared
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: data_exposure
    target_type: [snapshot, image]
    outcome: success
  condition: selection
---
title: 'Base: somebody on the list of leavers'
id: 552c57d4-1a3c-5c94-bc7d-20267f168c6f
name: base_left_company
status: test
description: >-
  For dates.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  by_actor:
    actor|expand: '%offboarded_actors%'
  by_id:
    actor_id|expand: '%offboarded_actors%'
  by_issuer:
    actor_issuer|expand: '%offboarded_actors%'
  condition: 1 of by_*
---
title: 'Base: session with raised rights taken'
id: b1ec96ac-0679-584a-99af-fa4d143b5fda
name: base_elevated
status: test
description: >-
  For durations.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: session_token
    target|expand: '%elevated_roles%'
    minted_key|exists: true
  condition: selection
---
title: 'Base: session with raised rights works'
id: c93be9b4-b535-5240-9ceb-7d44f3325ec2
name: base_elevated_works
status: test
description: >-
  For durations.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  session:
    session_key|exists: true
  by_issuer:
    actor_issuer|expand: '%elevated_roles%'
  by_role:
    actor|expand: '%elevated_roles%'
  condition: session and 1 of by_*
---
title: 'Base: session ended'
id: 50482377-c929-5d4c-9f1a-8e44a230664c
name: base_signs_out
status: test
description: >-
  For durations.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: logout
    session_key|exists: true
  condition: selection
---
title: Automation on its usual networks is no burst
id: 3e72b4c6-8543-51d2-a8a2-ba008da1321e
name: automation_at_home
description: >-
  Programs that the configuration names delete and are refused by the dozen. From trusted networks this is their
  work.
logsource: {product: cloud}
filter:
  rules: [base_deleted, base_denied]
  name:
    actor|expand: '%automation_actors%'
  session_slash:
    actor|expand|startswith: '%automation_actors%/'
  session_colon:
    actor|expand|startswith: '%automation_actors%:'
  home:
    src_ip|expand|cidr: '%trusted_networks%'
  condition: not ((name or session_slash or session_colon) and home)
---
title: 'Base: second factor refused three times'
id: 7774b0c4-281d-54d2-a136-a3384142ae69
name: chain_mfa_failures
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
correlation:
  type: event_count
  rules: [base_mfa_failure]
  group-by: [account, actor]
  timespan: 10m
  condition: {gte: 3}
---
title: 'Base: sign-in failed five times'
id: 6ed620e8-9290-5952-a79e-22dd4b0991e9
name: chain_login_failures
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
correlation:
  type: event_count
  rules: [base_login_failure]
  group-by: [account, actor]
  timespan: 15m
  condition: {gte: 5}
---
title: 'Base: key made and asked about from two addresses'
id: 7b16195e-4d00-57b8-883e-1441bea6a881
name: chain_key_two_addresses
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
correlation:
  type: value_count
  rules: [base_key_minted, base_who_am_i]
  group-by: [key]
  aliases:
    key: {base_key_minted: minted_key, base_who_am_i: actor_key}
  timespan: 1h
  condition: {field: src_ip, gte: 2}
---
title: 'Base: user reads several secrets'
id: 2b7d3c86-51e4-5a19-a7f0-94c1d8e6b305
name: chain_reads_secrets
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
correlation:
  type: event_count
  rules: [base_user_reads_secret]
  group-by: [account, actor]
  timespan: 10m
  condition: {gte: 3}
---
title: 'Base: identities listed in several ways'
id: 7eb03eaf-d2a0-50e7-9513-84984dc5224e
name: chain_lists_identities
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
correlation:
  type: value_count
  rules: [base_lists_identities]
  group-by: [account, actor]
  timespan: 15m
  condition: {field: action, gte: 2}
---
title: 'Base: address never used before'
id: 61019e75-dc41-5f28-9170-ec0ba74a5507
name: chain_new_address
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
correlation:
  type: first_seen
  rules: [base_user_reaches_in]
  group-by: [account, actor]
  timespan: 90d
  field: src_ip
  learning: '1d'
  unless-peers: 2
---
title: 'Base: identities listed, then hold taken'
id: fd846482-98c7-5a27-8cee-14f992dccbdd
name: chain_enumeration_then_use
status: test
description: >-
  For sequences.
author: Harrier
date: 2026-11-21
correlation:
  type: temporal_ordered
  rules: [chain_lists_identities, base_takes_hold]
  group-by: [account, actor]
  timespan: 30m

"""##),
    File(name: "company.yml", text: ##"""
title: Change in production by hand
id: ad4943df-3e03-5994-b932-cada725ba705
name: human_write_in_prod
status: test
description: >-
  A user of the account, not a role or the pipeline, made a change in a production account.
author: Harrier
date: 2026-11-21
tags: [attack.impact, attack.t1565]
logsource: {product: cloud}
detection:
  selection:
    account|expand: '%prod_accounts%'
    actor_type: user
    rw: write
    category: management
    outcome: success
  machine:
    actor|expand: ['%automation_actors%', '%service_actors%']
  condition: selection and not machine
falsepositives:
  - 'Emergency repairs, with a ticket'
level: low
next: >-
  Put the change into the code, or find the ticket.
tests:
  positive:
    - {account: sample-prod, actor_type: user, rw: write, category: management, outcome: success, actor: ann}
  negative:
    - {account: sample-prod, actor_type: user, rw: write, category: management, outcome: success, actor: sample-robot}
    - {account: sample-prod, actor_type: user, rw: write, category: management, outcome: success, actor: sample-service}
    - {account: other, actor_type: user, rw: write, category: management, outcome: success, actor: ann}
    - {account: sample-prod, actor_type: role, rw: write, category: management, outcome: success, actor: ann}
    - {account: sample-prod, actor_type: user, rw: read, category: management, outcome: success, actor: ann}
    - {account: sample-prod, actor_type: user, rw: write, category: auth, outcome: success, actor: ann}
    - {account: sample-prod, actor_type: user, rw: write, category: management, outcome: denied, actor: ann}
---
title: High-risk call outside the console
id: 29a30b7d-ff34-5bc3-9b74-683914ae6994
name: high_risk_outside_console
status: test
description: >-
  A user changed identities, rights, logging or keys, or ran commands, with a long-lived key instead of the
  console or a role.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1078.004]
logsource: {product: cloud}
detection:
  selection:
    class:
      - identity_change
      - credential_creation
      - policy_attachment
      - role_trust
      - remote_execution
      - logging_tamper
      - key_destruction
    actor_type: user
    actor_key|exists: true
    outcome: success
  session:
    session_key|exists: true
  condition: selection and not session
falsepositives:
  - Administrators with command lines
level: informational
next: >-
  Prefer a role; see whether this person usually works this way.
maps: {tencent_csc: [non-console-high-risk-api]}
tests:
  positive:
    - {class: identity_change, actor_type: user, actor_key: AKID1, outcome: success}
    - {class: credential_creation, actor_type: user, actor_key: AKID1, outcome: success}
    - {class: policy_attachment, actor_type: user, actor_key: AKID1, outcome: success}
    - {class: role_trust, actor_type: user, actor_key: AKID1, outcome: success}
    - {class: remote_execution, actor_type: user, actor_key: AKID1, outcome: success}
    - {class: logging_tamper, actor_type: user, actor_key: AKID1, outcome: success}
    - {class: key_destruction, actor_type: user, actor_key: AKID1, outcome: success}
  negative:
    - {class: discovery, actor_type: user, actor_key: AKID1, outcome: success}
    - {class: identity_change, actor_type: role, actor_key: AKID1, outcome: success}
    - {class: identity_change, actor_type: user, outcome: success}
    - {class: identity_change, actor_type: user, actor_key: AKID1, outcome: denied}
    - {class: identity_change, actor_type: user, actor_key: ASIA1, session_key: ASIA1, outcome: success}
---
title: Something made without its tags
id: ff1844c6-4338-51a2-ad44-24433dd2d61b
name: untagged_creation
status: test
description: >-
  Something that costs money or holds data was made with none of the tags that the configuration asks for (a list
  named required_tags).
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1578.002]
logsource: {product: cloud}
detection:
  selection:
    rw: write
    outcome: success
    action: [RunInstances, CreateBucket, PutBucket, CreateDBInstance, CreateVolume, CreateDisk, CreateCluster]
  tagged:
    '|expand': '%required_tags%'
  condition: selection and not tagged
falsepositives:
  - Things that are tagged by a program right afterwards
level: low
next: >-
  Ask the one who made it what it is for.
tests:
  positive:
    - {rw: write, outcome: success, action: RunInstances, actor: ann}
    - {rw: write, outcome: success, action: CreateBucket, actor: ann}
    - {rw: write, outcome: success, action: PutBucket, actor: ann}
    - {rw: write, outcome: success, action: CreateDBInstance, actor: ann}
    - {rw: write, outcome: success, action: CreateVolume, actor: ann}
    - {rw: write, outcome: success, action: CreateDisk, actor: ann}
    - {rw: write, outcome: success, action: CreateCluster, actor: ann}
  negative:
    - {rw: write, outcome: success, action: RunInstances, resources: sample-tag}
    - {rw: read, outcome: success, action: RunInstances}
    - {rw: write, outcome: denied, action: RunInstances}
    - {rw: write, outcome: success, action: StartInstances}

"""##),
    File(name: "data.yml", text: ##"""
title: Bucket opened to everybody
id: 1218b491-ccdd-5fca-9e74-59a1c52c3d01
name: bucket_public
status: test
description: >-
  A bucket's policy, list or protection was changed so that everybody can read or write, or it became a web
  site.
author: Harrier
date: 2026-11-21
tags: [attack.exfiltration, attack.collection, attack.t1530]
logsource: {product: cloud}
detection:
  selection:
    class: data_exposure
    target_type: bucket
    outcome: success
  condition: selection
falsepositives:
  - Public downloads and web sites
level: high
next: >-
  Close it, then see in the access log what was read.
tests:
  positive:
    - {class: data_exposure, target_type: bucket, outcome: success}
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: PutBucketAcl, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, x-amz-acl: public-read}}
    - {serviceName: Oss, acsRegion: cn-hangzhou, eventRW: Write, eventName: PutBucketAcl, userIdentity: {type: ram-user, userName: ann}, requestParameters: {BucketName: b, x-oss-acl: public-read}}
  negative:
    - {class: data_access_change, target_type: bucket, outcome: success}
    - {class: data_exposure, target_type: snapshot, outcome: success}
    - {class: data_exposure, target_type: bucket, outcome: denied}
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: PutBucketAcl, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, x-amz-acl: private}}
---
title: Disk image or snapshot shared
id: fc85733d-f963-5403-868c-6e0ec847575d
name: copy_shared
status: test
description: >-
  A snapshot or machine image was made public or shared with another account. Whoever got it holds everything
  that was on the disk.
author: Harrier
date: 2026-11-21
tags: [attack.exfiltration, attack.t1537]
logsource: {product: cloud}
detection:
  selection:
    class: data_exposure
    target_type: [snapshot, image]
    outcome: success
  condition: selection
falsepositives:
  - Images that are built in one account for others
lowered-by: [automation]
level: medium
next: >-
  Check the account it was shared with; take the share back.
tests:
  positive:
    - {class: data_exposure, target_type: snapshot, outcome: success}
    - {class: data_exposure, target_type: image, outcome: success}
  negative:
    - {class: data_access_change, target_type: snapshot, outcome: success}
    - {class: data_exposure, target_type: bucket, outcome: success}
    - {class: data_exposure, target_type: snapshot, outcome: denied}
---
title: Bucket policy changed
id: c96b581a-5dd7-5918-ac5f-1a02a6e31899
name: bucket_policy_changed
status: test
description: >-
  Who may use a bucket was changed by its policy.
author: Harrier
date: 2026-11-21
tags: [attack.collection, attack.t1530]
logsource: {product: cloud}
detection:
  selection:
    class: [data_access_change, data_exposure]
    action|contains: BucketPolicy
    outcome: success
  condition: selection
falsepositives:
  - Daily administration
level: informational
next: >-
  Compare old and new policy.
maps: {cis_alibaba: ['2.21']}
tests:
  positive:
    - {class: data_access_change, action: xBucketPolicyy, outcome: success}
    - {class: data_exposure, action: xBucketPolicyy, outcome: success}
  negative:
    - {class: 'inferred:change', action: xBucketPolicyy, outcome: success}
    - {class: data_access_change, action: PutBucketCors, outcome: success}
    - {class: data_access_change, action: xBucketPolicyy, outcome: denied}
---
title: Access to a bucket or resource changed
id: 2c5e3bfd-eb3d-5fc0-9725-e1ca400781cc
name: bucket_access_changed
status: test
description: >-
  Who may use a bucket, queue, secret or another resource was changed, by policy, list or rule.
author: Harrier
date: 2026-11-21
tags: [attack.collection, attack.t1530]
logsource: {product: cloud}
detection:
  selection:
    class: [data_access_change, data_exposure]
    outcome: success
  condition: selection
falsepositives:
  - Daily administration
level: informational
next: >-
  Compare old and new settings.
maps: {cis_alibaba: ['2.14']}
tests:
  positive:
    - {class: data_access_change, outcome: success}
    - {class: data_exposure, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: data_access_change, outcome: denied}
---
title: Function or layer can be called by everybody
id: 29eeb77f-374c-54bd-be4d-551d4d1250b7
name: function_public
status: test
description: >-
  A function got a permission for everybody, or a web address without authentication.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1098]
logsource: {product: cloud}
detection:
  selection:
    class: data_access_change
    service: lambda
    outcome: success
    requestParameters.principal: '\*'
  by_url:
    class: data_exposure
    service: lambda
  condition: selection or by_url
falsepositives:
  - Public webhooks
level: medium
next: >-
  Narrow it to the caller that is meant.
tests:
  positive:
    - {eventSource: lambda.amazonaws.com, awsRegion: us-east-1, eventName: AddPermission20150331v2, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {functionName: f, principal: '*'}}
    - {eventSource: lambda.amazonaws.com, awsRegion: us-east-1, eventName: CreateFunctionUrlConfig, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {functionName: f, authType: NONE}}
  negative:
    - {eventSource: lambda.amazonaws.com, awsRegion: us-east-1, eventName: AddPermission20150331v2, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {functionName: f, principal: s3.amazonaws.com}}
    - {eventSource: lambda.amazonaws.com, awsRegion: us-east-1, eventName: CreateFunctionUrlConfig, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {functionName: f, authType: AWS_IAM}}
    - {eventSource: lambda.amazonaws.com, awsRegion: us-east-1, eventName: AddPermission20150331v2, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {functionName: f, principal: '*'}, errorCode: AccessDenied}
    - {eventSource: sqs.amazonaws.com, awsRegion: us-east-1, eventName: AddPermission, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {principal: '*'}}
    - {eventSource: lambda.amazonaws.com, awsRegion: us-east-1, eventName: Invoke, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {principal: '*'}}
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: DeleteBucketPublicAccessBlock, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b}}
---
title: Data set or image copied out
id: 0c127c60-4280-54f3-a184-2c3173b4abe7
name: data_exported
status: test
description: >-
  Replication to another bucket, or an export of an image, database or table, was started.
author: Harrier
date: 2026-11-21
tags: [attack.exfiltration, attack.t1537]
logsource: {product: cloud}
detection:
  selection:
    class: data_export
    outcome: success
  condition: selection
falsepositives:
  - Backups to another account
lowered-by: [automation]
level: medium
next: >-
  Check the destination.
tests:
  positive:
    - {class: data_export, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: data_export, outcome: denied}
---
title: Encryption switched off
id: d7012c23-4ed0-53af-817d-3251f460c476
name: encryption_removed
status: test
description: >-
  Encryption by default of a bucket or of disks was removed.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1562]
logsource: {product: cloud}
detection:
  selection:
    class: encryption_removal
    outcome: success
  condition: selection
falsepositives:
  - Moving to another key
lowered-by: [automation]
level: low
next: >-
  Switch it on again.
tests:
  positive:
    - {class: encryption_removal, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: encryption_removal, outcome: denied}
---
title: Encryption key disabled or set to be deleted
id: b503e20b-e243-54ad-92d6-208031f6116e
name: key_destroyed
status: test
description: >-
  A key was disabled or scheduled for deletion. What it encrypts cannot be read any more.
author: Harrier
date: 2026-11-21
tags: [attack.impact, attack.t1485]
logsource: {product: cloud}
detection:
  selection:
    class: key_destruction
    outcome: success
  condition: selection
falsepositives:
  - Retiring a key after its data was moved
level: medium
next: >-
  Cancel the deletion until the owner of the data agrees.
maps: {cis_alibaba: ['2.20']}
tests:
  positive:
    - {class: key_destruction, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: key_destruction, outcome: denied}
---
title: 'Key given to others, or its material replaced'
id: 4d4a7172-d77b-5735-9e94-b357f5d1b96d
name: key_policy_changed
status: test
description: >-
  The policy of a key was changed, a grant was made, or own key material was imported.
author: Harrier
date: 2026-11-21
tags: [attack.impact, attack.t1486]
logsource: {product: cloud}
detection:
  selection:
    class: key_management
    action: [PutKeyPolicy, SetKeyPolicy, ImportKeyMaterial]
    outcome: success
  condition: selection
falsepositives:
  - Services that ask for grants
lowered-by: [automation]
level: low
next: >-
  See who may use the key now.
tests:
  positive:
    - {class: key_management, action: PutKeyPolicy, outcome: success}
    - {class: key_management, action: SetKeyPolicy, outcome: success}
    - {class: key_management, action: ImportKeyMaterial, outcome: success}
  negative:
    - {class: 'inferred:change', action: PutKeyPolicy, outcome: success}
    - {class: key_management, action: GetUser, outcome: success}
    - {class: key_management, action: PutKeyPolicy, outcome: denied}
---
title: Backup or its protection deleted
id: cd0175b2-8776-535c-a7b9-81d911eabeb3
name: backup_deleted
status: test
description: >-
  Backups, recovery points or a vault were deleted, or versioning and life cycle of a bucket removed. It is what
  ransom begins with.
author: Harrier
date: 2026-11-21
tags: [attack.impact, attack.t1490]
logsource: {product: cloud}
detection:
  selection:
    class: backup_change
    action|startswith: Delete
    outcome: success
  condition: selection
falsepositives:
  - Retention by hand
lowered-by: [automation]
level: medium
next: >-
  Stop the identity; look for deletions of the data itself.
tests:
  positive:
    - {class: backup_change, action: DeleteSomething, outcome: success}
  negative:
    - {class: 'inferred:change', action: DeleteSomething, outcome: success}
    - {class: backup_change, action: PutBucketVersioning, outcome: success}
    - {class: backup_change, action: DeleteSomething, outcome: denied}
---
title: Versions of objects no longer kept
id: 59a98f63-607f-5fba-8282-299d84880cca
name: versioning_suspended
status: test
description: >-
  Versioning of a bucket was suspended: what is overwritten or deleted is gone.
author: Harrier
date: 2026-11-21
tags: [attack.impact, attack.t1490]
logsource: {product: cloud}
detection:
  selection:
    class: backup_change
    action: PutBucketVersioning
    outcome: success
    requestParameters|contains: Suspended
  condition: selection
falsepositives:
  - Cost cutting in test buckets
lowered-by: [automation]
level: medium
next: >-
  Switch it on again; look for deletions.
tests:
  positive:
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: PutBucketVersioning, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, VersioningConfiguration: {Status: Suspended}}}
  negative:
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: PutBucketVersioning, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, VersioningConfiguration: {Status: Enabled}}}
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: PutBucketVersioning, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, VersioningConfiguration: {Status: Suspended}}, errorCode: AccessDenied}
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: PutBucketLifecycle, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, LifecycleConfiguration: {Rule: {Status: Suspended}}}}
    - {eventSource: ec2.amazonaws.com, awsRegion: us-east-1, eventName: PutBucketVersioning, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {Status: Suspended}}
---
title: Objects of a bucket expire within days
id: 67df7aa3-9d34-5aee-bde4-4b44a3088ad0
name: short_life_cycle
status: test
description: >-
  A life cycle was set that deletes objects after at most seven days. It empties a bucket without a single
  deletion in the log.
author: Harrier
date: 2026-11-21
tags: [attack.impact, attack.defense-evasion, attack.t1485.001]
logsource: {product: cloud}
detection:
  selection:
    class: backup_change
    action|contains: Lifecycle
    outcome: success
  aws_days:
    requestParameters.LifecycleConfiguration.Rule.Expiration.Days|lte: 7
  other_days:
    requestParameters|re: '<Days>[1-7]</Days>'
  condition: selection and 1 of *_days
falsepositives:
  - Buckets for temporary files
lowered-by: [automation]
level: medium
next: >-
  Delete the rule before the day is over.
tests:
  positive:
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: PutBucketLifecycle, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, LifecycleConfiguration: {Rule: {Expiration: {Days: 1}, Status: Enabled}}}}
    - {serviceName: Oss, acsRegion: cn-hangzhou, eventRW: Write, eventName: PutBucketLifecycle, userIdentity: {type: ram-user, userName: ann}, requestParameters: {BucketName: b, body: '<Expiration><Days>1</Days></Expiration>'}}
  negative:
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: PutBucketLifecycle, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, LifecycleConfiguration: {Rule: {Expiration: {Days: 365}, Status: Enabled}}}}
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: PutBucketLifecycle, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, LifecycleConfiguration: {Rule: {Expiration: {Days: 1}}}}, errorCode: AccessDenied}
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: PutBucketVersioning, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, LifecycleConfiguration: {Rule: {Expiration: {Days: 1}}}}}
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: GetBucketLifecycle, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, LifecycleConfiguration: {Rule: {Expiration: {Days: 1}}}}}
---
title: Objects written with a key that only the caller has
id: c4866731-e0a0-5025-a3c1-221629f45fb3
name: ransom_encryption
status: test
description: >-
  Objects were encrypted with a key that the caller sent along. The provider does not keep it: only the caller
  can read them again.
author: Harrier
date: 2026-11-21
tags: [attack.impact, attack.t1486]
logsource: {product: cloud}
detection:
  selection:
    class: object_access
    action: [PutObject, CopyObject]
    outcome: success
    requestParameters|contains: encryption-customer-algorithm
  condition: selection
falsepositives:
  - Applications built that way
level: high
next: >-
  Stop the identity at once; old versions of the objects are what is left.
tests:
  positive:
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: CopyObject, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, x-amz-server-side-encryption-customer-algorithm: AES256}}
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: PutObject, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, x-amz-server-side-encryption-customer-algorithm: AES256}}
  negative:
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: CopyObject, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, x-amz-server-side-encryption: AES256}}
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: GetObject, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, x-amz-server-side-encryption-customer-algorithm: AES256}}
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: PutObject, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, x-amz-server-side-encryption-customer-algorithm: AES256}, errorCode: AccessDenied}
    - {eventSource: glacier.amazonaws.com, awsRegion: us-east-1, eventName: PutObject, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {x-amz-server-side-encryption-customer-algorithm: AES256}}
---
title: Password data of machines asked for
id: de6b3f0f-7fd1-53bb-9cb0-e9d71532b7fa
name: machine_password_read
status: test
description: >-
  The administrator's password of a machine, or the key of a server, was asked for; refused attempts count too.
author: Harrier
date: 2026-11-21
tags: [attack.credential-access, attack.t1552.005]
logsource: {product: cloud}
detection:
  selection:
    class: secret_read
    action:
      - GetPasswordData
      - DownloadDefaultKeyPair
      - GetInstanceAccessDetails
      - GetSSHKeyPairValue
      - QueryKeyBySecretId
  condition: selection
falsepositives:
  - First login to a new Windows machine
level: medium
next: >-
  Ask the person; change the password.
tests:
  positive:
    - {class: secret_read, action: GetPasswordData}
    - {class: secret_read, action: DownloadDefaultKeyPair}
    - {class: secret_read, action: GetInstanceAccessDetails}
    - {class: secret_read, action: GetSSHKeyPairValue}
    - {class: secret_read, action: QueryKeyBySecretId}
  negative:
    - {class: 'inferred:change', action: GetPasswordData}
    - {class: secret_read, action: GetUser}
---
title: Credentials of a cluster read
id: d337bfae-0b2c-519c-8a98-02023b263607
name: cluster_credentials_read
status: test
description: >-
  The configuration with which a Kubernetes cluster is administrated was downloaded.
author: Harrier
date: 2026-11-21
tags: [attack.credential-access, attack.t1552.007]
logsource: {product: cloud}
detection:
  selection:
    class: secret_read
    action|contains: Kubeconfig
    outcome: success
  condition: selection
falsepositives:
  - Engineers who set up their tools
lowered-by: [automation]
level: low
next: >-
  Ask whether it was needed; such credentials last long.
tests:
  positive:
    - {class: secret_read, action: xKubeconfigy, outcome: success}
  negative:
    - {class: 'inferred:change', action: xKubeconfigy, outcome: success}
    - {class: secret_read, action: GetUser, outcome: success}
    - {class: secret_read, action: xKubeconfigy, outcome: denied}
---
title: Many secrets read in one call
id: 95cce678-71ea-50a1-b721-53ebda2c2657
name: secrets_read_in_bulk
status: test
description: >-
  Secret values were fetched in a batch.
author: Harrier
date: 2026-11-21
tags: [attack.credential-access, attack.t1555.006]
logsource: {product: cloud}
detection:
  selection:
    class: secret_read
    action: [BatchGetSecretValue, GetSecretParameters]
  condition: selection
falsepositives:
  - Programs that load all their settings at once
lowered-by: [automation]
level: medium
next: >-
  See which secrets and by whom; renew them if it was not the program.
tests:
  positive:
    - {class: secret_read, action: BatchGetSecretValue}
    - {class: secret_read, action: GetSecretParameters}
  negative:
    - {class: 'inferred:change', action: BatchGetSecretValue}
    - {class: secret_read, action: GetUser}

"""##),
    File(name: "execution.yml", text: ##"""
title: Command or session on a machine
id: 53d46c20-a25a-5f49-82ca-8fb4885fafbc
name: remote_command
status: test
description: >-
  A command was run on a machine, or a session opened, through the provider instead of the network.
author: Harrier
date: 2026-11-21
tags: [attack.execution, attack.t1651]
logsource: {product: cloud}
detection:
  selection:
    class: remote_execution
    outcome: success
  condition: selection
falsepositives:
  - 'Administration, patching'
level: informational
next: >-
  See which machine and which command.
tests:
  positive:
    - {class: remote_execution, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: remote_execution, outcome: denied}
---
title: Command on a machine by a user instead of a role
id: 157abb40-44d2-5dd5-b7d0-045321c7dc12
name: remote_command_by_user_key
status: test
description: >-
  A user of the account, not a role or the pipeline, ran a command or opened a session on a machine.
author: Harrier
date: 2026-11-21
tags: [attack.execution, attack.lateral-movement, attack.t1651]
logsource: {product: cloud}
detection:
  selection:
    class: remote_execution
    actor_type: user
    outcome: success
  condition: selection
falsepositives:
  - Administrators who work with keys
lowered-by: [automation]
level: low
next: >-
  Ask the person; see what was run.
tests:
  positive:
    - {class: remote_execution, actor_type: user, outcome: success}
  negative:
    - {class: 'inferred:change', actor_type: user, outcome: success}
    - {class: remote_execution, actor_type: role, outcome: success}
    - {class: remote_execution, actor_type: user, outcome: denied}
---
title: Login key pushed to a machine
id: 388b795e-f1f0-5274-be0d-d822fe3a393d
name: ssh_key_pushed
status: test
description: >-
  A key for remote login, or for the serial console, was put onto a machine through the provider.
author: Harrier
date: 2026-11-21
tags: [attack.lateral-movement, attack.persistence, attack.t1021.004, attack.t1098.004]
logsource: {product: cloud}
detection:
  selection:
    class: remote_execution
    service: ec2-instance-connect
  condition: selection
falsepositives:
  - Teams that log in this way
level: medium
next: >-
  Ask the person; look at the machine's own log.
tests:
  positive:
    - {class: remote_execution, service: ec2-instance-connect}
  negative:
    - {class: 'inferred:change', service: ec2-instance-connect}
    - {class: remote_execution, service: ssm}
---
title: Machine made to obey somebody else
id: 3c84bc39-d3e5-5e56-9ad6-fa16a6011ce3
name: machine_taken_over
status: test
description: >-
  The start script, password, key, role or serial console of an existing machine was changed.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.privilege-escalation, attack.t1098, attack.t1059]
logsource: {product: cloud}
detection:
  selection:
    class: instance_takeover
    outcome: success
  condition: selection
falsepositives:
  - Repairs
level: medium
next: >-
  Compare with the change request; read the new start script.
tests:
  positive:
    - {class: instance_takeover, outcome: success}
    - {eventSource: ec2.amazonaws.com, awsRegion: us-east-1, eventName: ModifyInstanceAttribute, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {instanceId: i-1, userData: '<sensitiveDataRemoved>'}}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: instance_takeover, outcome: denied}
    - {eventSource: ec2.amazonaws.com, awsRegion: us-east-1, eventName: ModifyInstanceAttribute, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {instanceId: i-1, disableApiTermination: {value: true}}}
---
title: Start script of a machine read
id: 4aa22d7e-b4dd-5ad4-a67a-50648dfbd213
name: start_script_read
status: test
description: >-
  The user data of a machine was asked for. It often holds secrets.
author: Harrier
date: 2026-11-21
tags: [attack.discovery, attack.credential-access, attack.t1552.005]
logsource: {product: cloud}
detection:
  selection:
    action: DescribeInstanceAttribute
    requestParameters|contains: userData
  condition: selection
falsepositives:
  - Inventory tools
lowered-by: [automation]
level: low
next: >-
  See how many machines; refused calls count too.
tests:
  positive:
    - {eventSource: ec2.amazonaws.com, awsRegion: us-east-1, eventName: DescribeInstanceAttribute, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {attribute: userData, instanceId: i-1}}
  negative:
    - {eventSource: ec2.amazonaws.com, awsRegion: us-east-1, eventName: DescribeInstanceAttribute, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {attribute: kernel, instanceId: i-1}}
    - {eventSource: ec2.amazonaws.com, awsRegion: us-east-1, eventName: RunInstances, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {userData: x}}
---
title: Code of a function replaced by a user
id: b9190eef-5ae0-54c0-a67d-34345744db8f
name: function_code_by_user
status: test
description: >-
  The code, layers or settings of a function were changed by a user of the account instead of the pipeline's
  role.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.execution, attack.t1648]
logsource: {product: cloud}
detection:
  selection:
    class: code_change
    actor_type: user
    outcome: success
  condition: selection
falsepositives:
  - Work on test functions
lowered-by: [automation]
level: low
next: >-
  Compare the code with the repository.
tests:
  positive:
    - {class: code_change, actor_type: user, outcome: success}
  negative:
    - {class: 'inferred:change', actor_type: user, outcome: success}
    - {class: code_change, actor_type: role, outcome: success}
    - {class: code_change, actor_type: user, outcome: denied}
---
title: Costly machine started or asked for
id: 5a0a5b96-c6e0-5c03-b49b-405b014e9d38
name: costly_machine
status: test
description: >-
  A machine with graphics cards or very many cores was asked for. Intruders mine with them; attempts that hit a
  limit count too.
author: Harrier
date: 2026-11-21
tags: [attack.impact, attack.t1496.001]
logsource: {product: cloud}
detection:
  selection:
    class: compute_creation
    requestParameters|re: '(?i)"?instanceType"?\s*:\s*\\?"(p[2-6][a-z]*\.|g[3-7][a-z]*\.|x1e?\.|u-|ecs\.gn|ecs\.ebmgn|GN\d|PNV)'
  condition: selection
falsepositives:
  - Machine learning
lowered-by: [automation]
level: medium
next: >-
  Ask the team; if nobody knows, stop the machine and the identity.
tests:
  positive:
    - {eventSource: ec2.amazonaws.com, awsRegion: us-east-1, eventName: RunInstances, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {instanceType: p2.xlarge}}
  negative:
    - {eventSource: ec2.amazonaws.com, awsRegion: us-east-1, eventName: RunInstances, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {instanceType: t3.micro}}
    - {eventSource: ec2.amazonaws.com, awsRegion: us-east-1, eventName: DescribeInstanceTypes, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {instanceType: p2.xlarge}}
---
title: Access to AI models asked for or logging of them dropped
id: bc245bbd-d2d8-55d2-81c7-239c90329463
name: ai_model_access
status: test
description: >-
  Somebody signed up the account for a model, or asked for its use. Stolen keys are sold for this.
author: Harrier
date: 2026-11-21
tags: [attack.resource-development, attack.impact, attack.t1496]
logsource: {product: cloud}
detection:
  selection:
    service: bedrock
    action:
      - PutUseCaseForModelAccess
      - PutFoundationModelEntitlement
      - CreateFoundationModelAgreement
      - DeleteModelInvocationLoggingConfiguration
  condition: selection
falsepositives:
  - A team that starts using a model
level: medium
next: >-
  Ask the team.
tests:
  positive:
    - {service: bedrock, action: PutUseCaseForModelAccess}
    - {service: bedrock, action: PutFoundationModelEntitlement}
    - {service: bedrock, action: CreateFoundationModelAgreement}
    - {service: bedrock, action: DeleteModelInvocationLoggingConfiguration}
  negative:
    - {service: billing, action: PutUseCaseForModelAccess}
    - {service: bedrock, action: GetUser}
---
title: Sending limits for mail looked up
id: a5a6a34f-f9a2-5a70-b9da-1fc6fa70e0ac
name: mail_quota_probe
status: test
description: >-
  The sending limits of the mail service were looked up: the first thing done with a stolen key that shall send
  spam.
author: Harrier
date: 2026-11-21
tags: [attack.discovery, attack.t1580]
logsource: {product: cloud}
detection:
  selection:
    service: ses
    action: [GetSendQuota, GetAccount, GetAccountSendingEnabled]
  condition: selection
falsepositives:
  - Monitoring of the mail service
level: low
next: >-
  See what else the key asked for.
tests:
  positive:
    - {service: ses, action: GetSendQuota}
    - {service: ses, action: GetAccount}
    - {service: ses, action: GetAccountSendingEnabled}
  negative:
    - {service: billing, action: GetSendQuota}
    - {service: ses, action: GetUser}

"""##),
    File(name: "expected.yml", text: ##"""
title: 'Base: change by somebody'
id: a06af3b5-c214-5d66-8226-9d0987ecf065
name: base_change
status: test
description: >-
  For what the configuration expects. Providers acting for themselves do not count.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    rw: write
    outcome: success
    category: management
    actor|exists: true
  provider:
    actor_type: service
  condition: selection and not provider
---
title: 'Base: identities, rights, logging or exposure changed'
id: 82da5c7a-22e6-5fea-9a0c-3e82c7ad512f
name: base_power_change
status: test
description: >-
  For what the configuration expects.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class:
      - identity_change
      - credential_creation
      - policy_change
      - policy_attachment
      - role_trust
      - login_profile
      - mfa_change
      - federation_change
      - logging_tamper
      - network_exposure
      - data_exposure
    outcome: success
    actor|exists: true
  condition: selection
---
title: 'Base: identity of a program calls'
id: 323ffc4a-9cf6-50f7-97f1-6db76b5074a6
name: base_machine_call
status: test
description: >-
  For networks.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  by_actor:
    actor|expand: '%machine_actors%'
  by_id:
    actor_id|expand: '%machine_actors%'
  by_issuer:
    actor_issuer|expand: '%machine_actors%'
  done:
    outcome: success
    src_ip|exists: true
  condition: done and 1 of by_*
---
title: 'Base: identity of a program changes rights'
id: 045aff64-1bc0-5ec5-99cb-0c4d92050c1c
name: base_machine_power
status: test
description: >-
  For networks.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  by_actor:
    actor|expand: '%machine_actors%'
  by_id:
    actor_id|expand: '%machine_actors%'
  by_issuer:
    actor_issuer|expand: '%machine_actors%'
  done:
    class: [identity_change, credential_creation, policy_attachment, role_trust, login_profile, logging_tamper]
    outcome: success
    src_ip|exists: true
  condition: done and 1 of by_*
---
title: 'Base: break-glass identity in use'
id: 28be0e04-6f94-55f2-906b-56d46d0620f2
name: base_break_glass
status: test
description: >-
  For approved windows.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  by_actor:
    actor|expand: '%break_glass_actors%'
  by_id:
    actor_id|expand: '%break_glass_actors%'
  by_issuer:
    actor_issuer|expand: '%break_glass_actors%'
  somewhere:
    src_ip|exists: true
  condition: somewhere and 1 of by_*
---
title: 'Base: break-glass identity gives rights'
id: 5d15a883-825d-5806-90eb-da441223708e
name: base_break_glass_gives
status: test
description: >-
  For what has to be taken back.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    actor|expand: '%break_glass_actors%'
    class: policy_attachment
    action|startswith: [Attach, Add, Put]
    outcome: success
  condition: selection
---
title: 'Base: role taken across accounts'
id: 5fa912dc-25cb-55da-a6d7-9e2eb2ea9510
name: base_cross_account_role
status: test
description: >-
  For roles that are approved.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    class: session_token
    cross_account: 'true'
    outcome: success
    target|exists: true
  condition: selection
---
title: 'Base: something with a name made'
id: 85ad612f-471e-5251-a3b5-25f4302dbbbf
name: base_creation
status: test
description: >-
  For names.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    rw: write
    outcome: success
    action|startswith: [Create, Run, Allocate, Put]
    target|exists: true
  condition: selection
---
title: 'Base: long-lived key in use'
id: 872cd0e6-7829-558f-b017-ed9df47eefd5
name: base_long_lived_key
status: test
description: >-
  For the age of keys and where they are used.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    actor_key|exists: true
    actor_type: [user, root]
    rw: write
    outcome: success
  session:
    session_key|exists: true
  condition: selection and not session
---
title: 'Base: role taken, as the account of the role tells it'
id: e7dc05e4-4fdc-5969-9342-98a10762f6d6
name: base_role_taken_here
status: test
description: >-
  For the counterpart.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    action: AssumeRole
    outcome: success
    cross_account: 'true'
    actor_account|expand: '%known_accounts%'
    sharedEventID|exists: true
  condition: selection
---
title: 'Base: role taken, as the account of the caller tells it'
id: ee41044f-64d1-5fcb-9169-89db5366671a
name: base_role_asked_for
status: test
description: >-
  For the counterpart.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    action: AssumeRole
    cross_account: 'false'
    sharedEventID|exists: true
  condition: selection
---
title: 'Base: account made'
id: c072a3d5-6ec6-55a6-a1de-745c01fe6c2f
name: base_account_made
status: test
description: >-
  For what a new account needs.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    action: [CreateAccountResult, CreateResourceAccount, CreateCloudAccount, CreateOrganizationMember]
    target_type: account
    outcome: success
  condition: selection
---
title: 'Base: trail made or started'
id: ca5eacc4-7d0b-581e-8435-fdaf9fa72ad0
name: base_trail_made
status: test
description: >-
  For what a new account needs.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    action: [CreateTrail, StartLogging, CreateAuditTrack, CreateAudit, StartAudit, EnableAudit]
    outcome: success
  condition: selection
---
title: 'Base: second factor set up'
id: f944bf81-955b-5686-bfb7-cf8b992c077b
name: base_factor_made
status: test
description: >-
  For what a new account needs.
author: Harrier
date: 2026-11-21
logsource: {product: cloud}
detection:
  selection:
    action: [EnableMFADevice, BindMFADevice, CreateVirtualMFADevice, SetMfaFlag, BindToken]
    outcome: success
  condition: selection
---
title: Change outside working hours
id: 86a440ec-fc27-5470-a6a3-c9a224f25a6b
name: off_hours
status: test
description: >-
  Somebody changed identities, rights, logging or what others can reach at a time at which nobody works here.
  Programs that the configuration names do not count; people may have hours of their own.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.t1078.004]
correlation:
  type: unexpected
  check: working_hours
  rules: [base_power_change]
  group-by: [account, actor]
falsepositives:
  - 'Night shifts, travel across time zones'
  - On-call duty
level: low
next: >-
  Ask the person; if it was not them, end the sessions and renew the credentials.
tests:
  positive:
    - events:
        - {at: '3h', action: CreateUser, request: {userName: x}}
    - events:
        - {at: '132h', action: CreateUser, request: {userName: x}}
  negative:
    - events:
        - {at: '12h', action: CreateUser, request: {userName: x}}
    - events:
        - {at: '3h', action: CreateUser, actor: sample-robot, request: {userName: x}, src_ip: '192.0.2.9'}
    - events:
        - {at: '3h', action: ListUsers}
    - events:
        - {at: '3h', action: CreateUser, actor: sample-owl, request: {userName: x}}
---
title: Change during a change freeze
id: 3d36d3d8-0030-501f-951f-c4b579f75e68
name: change_freeze
status: test
description: >-
  Something was changed while the configuration says that nothing should be.
author: Harrier
date: 2026-11-21
tags: [attack.impact, attack.t1565]
correlation:
  type: unexpected
  check: change_freeze
  rules: [base_change]
  group-by: [account, actor]
falsepositives:
  - Repairs that were approved after the freeze was written down
level: medium
next: >-
  Find the approval; if there is none, take the change back.
tests:
  positive:
    - events:
        - {at: '73h', service: ec2, action: CreateTags, actor: ann, request: {resourcesSet: {items: [{resourceId: i-1}]}}}
  negative:
    - events:
        - {at: '71h', service: ec2, action: CreateTags, actor: ann}
    - events:
        - {at: '97h', service: ec2, action: CreateTags, actor: ann}
    - events:
        - {at: '73h', service: ec2, action: DescribeInstances}
    - events:
        - {at: '73h', service: ec2, action: CreateTags, outcome: denied}
---
title: Change without a ticket
id: d6dd9306-be15-5c6b-a988-ae6e679c7186
name: change_without_ticket
status: test
description: >-
  Something was changed that no ticket of the list covers: not this person, not this thing, or not at this time.
  Where environments are configured, only productive ones count, and programs on their usual networks do not.
author: Harrier
date: 2026-11-21
tags: [attack.impact, attack.t1565]
correlation:
  type: unexpected
  check: ticket
  rules: [base_power_change]
  group-by: [account, actor]
falsepositives:
  - Tickets written afterwards
level: low
next: >-
  Have a ticket written, or the change taken back.
tests:
  positive:
    - events:
        - {at: '30h', action: CreateUser, account: sample-prod, request: {userName: x}}
    - events:
        - {at: '12h', action: CreateRole, account: sample-prod, request: {roleName: x}}
  negative:
    - events:
        - {at: '12h', action: CreateUser, account: sample-prod, request: {userName: x}}
    - events:
        - {at: '30h', action: CreateUser, account: sample-dev, request: {userName: x}}
    - events:
        - {at: '30h', action: CreateUser, account: sample-prod, actor: sample-robot, src_ip: '192.0.2.9', request: {userName: x}}
    - events:
        - {at: '30h', action: ListUsers, account: sample-prod}
---
title: Change in a region that is not allowed
id: 47d24023-830d-5957-b831-8e0377592bdc
name: region_not_allowed
status: test
description: >-
  A change succeeded in a region that this account does not use. Resources there are easily overlooked.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1535]
correlation:
  type: unexpected
  check: allowed_region
  rules: [base_change]
  group-by: [account, region]
falsepositives:
  - Global services that log in one region
level: medium
next: >-
  Delete what was made, and close the region by policy.
tests:
  positive:
    - events:
        - {at: '1h', service: ec2, action: RunInstances, region: sa-east-1}
    - events:
        - {at: '1h', service: ec2, action: RunInstances, account: sample-prod, region: us-east-1}
  negative:
    - events:
        - {at: '1h', service: ec2, action: RunInstances, region: us-east-1}
    - events:
        - {at: '1h', service: ec2, action: RunInstances, account: sample-prod, region: eu-west-1}
    - events:
        - {at: '1h', service: ec2, action: RunInstances, region: global}
    - events:
        - {at: '1h', service: ec2, action: DescribeInstances, region: sa-east-1}
    - events:
        - {at: '1h', service: ec2, action: RunInstances, region: sa-east-1, outcome: denied}
---
title: Identity works in an environment where it does not belong
id: 65d05ee0-eb67-5f11-bee1-13bdd4ec8197
name: identity_in_wrong_environment
status: test
description: >-
  Somebody who belongs to another environment made a change in this account, such as a developer in production.
author: Harrier
date: 2026-11-21
tags: [attack.lateral-movement, attack.t1078.004]
correlation:
  type: unexpected
  check: environment
  rules: [base_change]
  group-by: [account, actor]
falsepositives:
  - Help in an emergency
level: medium
next: >-
  Take the right away or move the person into the right environment in the configuration.
tests:
  positive:
    - events:
        - {at: '1h', service: ec2, action: RunInstances, account: sample-prod, actor: sample-developer}
  negative:
    - events:
        - {at: '1h', service: ec2, action: RunInstances, account: sample-dev, actor: sample-developer}
    - events:
        - {at: '1h', service: ec2, action: RunInstances, account: '999900001111', actor: sample-developer}
    - events:
        - {at: '1h', service: ec2, action: RunInstances, account: sample-prod}
    - events:
        - {at: '1h', service: ec2, action: DescribeInstances, account: sample-prod, actor: sample-developer}
---
title: Program calls from a foreign network
id: 91385bf4-79de-5c6a-bb2b-9e9fed4f28e5
name: service_key_elsewhere
status: test
description: >-
  A service or automation identity called from an address outside the networks that it usually works from.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.t1078.004]
correlation:
  type: unexpected
  check: usual_network
  rules: [base_machine_call]
  group-by: [account, actor]
falsepositives:
  - A move to another data centre
level: medium
next: >-
  Deactivate the key, see where it was copied from.
tests:
  positive:
    - events:
        - {at: '1h', service: ec2, action: DescribeInstances, actor: sample-robot, src_ip: '203.0.113.80'}
  negative:
    - events:
        - {at: '1h', service: ec2, action: DescribeInstances, actor: sample-robot, src_ip: '192.0.2.10'}
    - events:
        - {at: '1h', service: ec2, action: DescribeInstances, actor: sample-service, src_ip: '203.0.113.80'}
    - events:
        - {at: '1h', service: ec2, action: DescribeInstances, actor: ann, src_ip: '203.0.113.80'}
    - events:
        - {at: '1h', service: ec2, action: DescribeInstances, actor: sample-robot, src_ip: '203.0.113.80', outcome: denied}
---
title: Program changes identities or rights from a foreign network
id: 37ce9b2c-b5b6-5768-b704-be7695d886e6
name: service_power_elsewhere
status: test
description: >-
  A service or automation identity changed identities, rights, credentials or logging, and did it from outside the
  networks that it usually works from.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.privilege-escalation, attack.t1098, attack.t1078.004]
correlation:
  type: unexpected
  check: usual_network
  rules: [base_machine_power]
  group-by: [account, actor]
falsepositives:
  - A pipeline that has moved
level: high
next: >-
  Deactivate the key, take back what it changed.
tests:
  positive:
    - events:
        - {at: '1h', action: CreateUser, actor: sample-robot, src_ip: '203.0.113.80', request: {userName: x}}
  negative:
    - events:
        - {at: '1h', action: CreateUser, actor: sample-robot, src_ip: '192.0.2.10', request: {userName: x}}
    - events:
        - {at: '1h', action: ListUsers, actor: sample-robot, src_ip: '203.0.113.80'}
    - events:
        - {at: '1h', action: CreateUser, actor: ann, src_ip: '203.0.113.80', request: {userName: x}}
---
title: Break-glass identity used outside its approved window
id: 816376d6-bf59-5e91-9bd1-339f6fb360fc
name: break_glass_outside_window
status: test
description: >-
  An identity for emergencies was used, and no approved window covers that. Without windows in the configuration
  no use is approved.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.privilege-escalation, attack.t1078.004]
correlation:
  type: unexpected
  check: break_glass_window
  rules: [base_break_glass]
  group-by: [account, actor]
falsepositives:
  - An emergency that is not written down yet
level: high
next: >-
  Find out who opened it and why. Afterwards its credential is to be renewed, whoever it was.
tests:
  positive:
    - events:
        - {at: '1h', action: ListUsers, actor: sample-break-glass}
    - events:
        - {at: '52h', action: ListUsers, actor: sample-break-glass}
  negative:
    - events:
        - {at: '49h', action: ListUsers, actor: sample-break-glass}
    - events:
        - {at: '1h', action: ListUsers, actor: ann}
---
title: Rights given by a break-glass identity were not taken back
id: 087f250b-5317-5213-a767-9e1a70d01865
name: break_glass_not_reverted
status: test
description: >-
  An identity for emergencies gave somebody rights, and a day later they were still there.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1098]
correlation:
  type: never_used
  rules: [base_break_glass_gives, base_rights_taken]
  group-by: [account, target]
  timespan: 1d
falsepositives:
  - Repairs that were meant to stay
level: medium
next: >-
  Take the rights away, or have them approved.
threshold: {timespan: break_glass_revert_hours}
tests:
  positive:
    - events:
        - {at: '0s', action: AttachUserPolicy, actor: sample-break-glass, request: {userName: ben, policyArn: p}}
        - {at: '2d', action: Clock}
  negative:
    - events:
        - {at: '0s', action: AttachUserPolicy, actor: sample-break-glass, request: {userName: ben, policyArn: p}}
        - {at: '20h', action: DetachUserPolicy, request: {userName: ben, policyArn: p}}
        - {at: '2d', action: Clock}
    - events:
        - {at: '0s', action: AttachUserPolicy, request: {userName: ben, policyArn: p}}
        - {at: '2d', action: Clock}
---
title: Role taken across accounts that is not approved
id: 80464680-3c64-5325-8b62-d4c0d3c110bb
name: unapproved_cross_account_role
status: test
description: >-
  A role was taken by a caller from another account, and the list of approved roles does not say that this account
  may.
author: Harrier
date: 2026-11-21
tags: [attack.lateral-movement, attack.t1550.001]
correlation:
  type: unexpected
  check: approved_role
  rules: [base_cross_account_role]
  group-by: [account, actor_account, target]
falsepositives:
  - A new integration whose role is not in the list yet
level: medium
next: >-
  Add the role to the list, or close its trust.
tests:
  positive:
    - events:
        - {at: '1h', service: sts, action: AssumeRole, account: '222233334444', request: {roleArn: 'arn:aws:iam::222233334444:role/odd'}}
    - events:
        - {at: '1h', service: sts, action: AssumeRole, account: '222233334444', actor_account: '555566667777', request: {roleArn: 'arn:aws:iam::222233334444:role/sample-approved-role'}}
  negative:
    - events:
        - {at: '1h', service: sts, action: AssumeRole, account: '222233334444', request: {roleArn: 'arn:aws:iam::222233334444:role/sample-approved-role'}}
    - events:
        - {at: '1h', service: sts, action: AssumeRole, request: {roleArn: 'arn:aws:iam::111122223333:role/odd'}}
    - events:
        - {at: '1h', service: sts, action: AssumeRole, account: '222233334444', outcome: denied, request: {roleArn: 'arn:aws:iam::222233334444:role/odd'}}
---
title: Identity used after its owner left
id: ff8b9e46-ba19-55af-9f33-045671b79c7a
name: leaver_active
status: test
description: >-
  Somebody on the list of leavers, or somebody else with their credentials, did something after the date, in the
  account that the list names.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.persistence, attack.t1078.004]
correlation:
  type: unexpected
  check: offboarded
  rules: [base_left_company]
  group-by: [account, actor]
falsepositives:
  - A wrong date in the list
level: high
next: >-
  Deactivate everything the person had; see what was done since.
tests:
  positive:
    - events:
        - {at: '1d', service: sts, action: GetCallerIdentity, actor: sample-leaver}
  negative:
    - events:
        - {at: '1h', service: sts, action: GetCallerIdentity, actor: sample-leaver}
    - events:
        - {at: '1d', service: sts, action: GetCallerIdentity}
    - events:
        - {at: '1d', service: sts, action: GetCallerIdentity, actor: sample-leaver, actor_account: '222233334444', account: '222233334444'}
---
title: Something made under a name that is not allowed
id: 8daef23f-d436-5351-b02a-2ba2e5a01744
name: misnamed
status: test
description: >-
  The name of something new does not follow the patterns of the configuration. Attackers rarely know them.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1036.005]
correlation:
  type: unexpected
  check: naming
  rules: [base_creation]
  group-by: [account, actor]
falsepositives:
  - Names that are older than the pattern
level: low
next: >-
  Ask who made it; rename or delete it.
tests:
  positive:
    - events:
        - {at: '1h', action: CreateUser, request: {userName: Backdoor_1}}
  negative:
    - events:
        - {at: '1h', action: CreateUser, request: {userName: ben}}
    - events:
        - {at: '1h', action: CreateRole, request: {roleName: Backdoor_1}}
    - events:
        - {at: '1h', action: DeleteUser, request: {userName: Backdoor_1}}
    - events:
        - {at: '1h', action: CreateUser, request: {userName: Backdoor_1}, outcome: denied}
---
title: One key works in two environments
id: 0653b34e-d3ab-53e3-bbcf-c71a25f46e11
name: key_in_two_environments
status: test
description: >-
  One long-lived key made changes in accounts of different environments. Whoever finds it in the lesser one has
  the other as well.
author: Harrier
date: 2026-11-21
tags: [attack.lateral-movement, attack.t1078.004]
correlation:
  type: value_count
  rules: [base_long_lived_key]
  group-by: [actor_key]
  timespan: 1d
  condition: {field: environment, gte: 2}
falsepositives:
  - Platform teams with one pipeline for all stages
level: low
next: >-
  Give each environment a key of its own.
tests:
  positive:
    - events:
        - {at: '0s', service: ec2, action: RunInstances, actor_key: AKIAX, account: sample-prod}
        - {at: '2h', service: ec2, action: RunInstances, actor_key: AKIAX, account: sample-dev}
  negative:
    - events:
        - {at: '0s', service: ec2, action: RunInstances, actor_key: AKIAX, account: sample-prod}
        - {at: '2h', service: ec2, action: RunInstances, actor_key: AKIAY, account: sample-dev}
    - events:
        - {at: '0s', service: ec2, action: RunInstances, actor_key: AKIAX, account: sample-prod}
        - {at: '2h', service: ec2, action: RunInstances, actor_key: AKIAX, account: '999900001111'}
    - events:
        - {at: '0s', service: ec2, action: RunInstances, actor_key: ASIAX, account: sample-prod}
        - {at: '2h', service: ec2, action: RunInstances, actor_key: ASIAX, account: sample-dev}
---
title: Role taken without the caller's side of it
id: 9fd3afa0-dffc-5b75-95f1-301536f3d629
name: role_without_counterpart
status: test
description: >-
  The account of a role says that an account of the company took it; that account's own log says nothing of it.
  Its log has a hole, or is not collected.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1562.008]
correlation:
  type: unmatched
  rules: [base_role_taken_here, base_role_asked_for]
  group-by: [sharedEventID]
  timespan: 1h
falsepositives:
  - Archives that do not hold every account
level: low
next: >-
  harrier sources shows what the archive holds of the caller's account; fetch the rest.
tests:
  positive:
    - events:
        - {at: '0s', service: sts, action: AssumeRole, account: '222233334444', shared: s-1, request: {roleArn: 'arn:aws:iam::222233334444:role/ops'}}
        - {at: '3h', action: Clock}
  negative:
    - events:
        - {at: '0s', service: sts, action: AssumeRole, account: '222233334444', shared: s-1, request: {roleArn: 'arn:aws:iam::222233334444:role/ops'}}
        - {at: '2s', service: sts, action: AssumeRole, shared: s-1, request: {roleArn: 'arn:aws:iam::222233334444:role/ops'}}
        - {at: '3h', action: Clock}
    - events:
        - {at: '0s', service: sts, action: AssumeRole, account: '222233334444', actor_account: '900090009000', shared: s-1, request: {roleArn: 'arn:aws:iam::222233334444:role/ops'}}
        - {at: '3h', action: Clock}
---
title: Old access key still makes changes
id: a44c7f48-0f46-503f-88a7-db592c4bf63c
name: old_key_used
status: test
description: >-
  A long-lived key has been in use for more than ninety days of these records. Nobody has renewed it.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1078.004]
correlation:
  type: overstay
  rules: [base_long_lived_key]
  group-by: [actor_key]
  timespan: 90d
falsepositives:
  - Keys of devices that cannot renew them
level: low
next: >-
  Renew the key, or replace it by a role.
threshold: {timespan: access_key_age_days}
tests:
  positive:
    - events:
        - {at: '0s', service: ec2, action: RunInstances, actor_key: AKIAX, 'n': 14, every: '7d'}
  negative:
    - events:
        - {at: '0s', service: ec2, action: RunInstances, actor_key: AKIAX, 'n': 12, every: '7d'}
    - events:
        - {at: '0s', service: ec2, action: RunInstances, actor_key: AKIAX, 'n': 10, every: '7d'}
        - {at: '70d', service: ec2, action: RunInstances, actor_key: AKIAY, 'n': 10, every: '7d'}
---
title: New account without a trail
id: 4da2a000-fdb2-5b2c-86db-3987e87c6cda
name: account_without_trail
status: test
description: >-
  An account was made in the organization, and a day later nobody had set up a trail in it.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1562.008]
correlation:
  type: never_used
  rules: [base_account_made, base_trail_made]
  group-by: [member]
  aliases:
    member: {base_account_made: target, base_trail_made: account}
  timespan: 1d
falsepositives:
  - A trail of the whole organization covers the account
level: low
next: >-
  See whether the organization's trail reaches the account; else set one up.
threshold: {timespan: new_account_hours}
tests:
  positive:
    - events:
        - {at: '0s', service: organizations, action: CreateAccountResult, details: {createAccountStatus: {accountId: '700070007000'}}}
        - {at: '2d', action: Clock}
  negative:
    - events:
        - {at: '0s', service: organizations, action: CreateAccountResult, details: {createAccountStatus: {accountId: '700070007000'}}}
        - {at: '5h', service: cloudtrail, action: CreateTrail, account: '700070007000', request: {name: t}}
        - {at: '2d', action: Clock}
    - events:
        - {at: '0s', service: organizations, action: CreateAccount, request: {accountName: n}}
        - {at: '2d', action: Clock}
---
title: New account without a second factor
id: c9d119f1-802f-5c68-9f08-fd7afcd09592
name: account_without_mfa
status: test
description: >-
  An account was made in the organization, and a day later no second factor had been set up in it.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1098]
correlation:
  type: never_used
  rules: [base_account_made, base_factor_made]
  group-by: [member]
  aliases:
    member: {base_account_made: target, base_factor_made: account}
  timespan: 1d
falsepositives:
  - Root sign-ins of members are switched off for the whole organization
level: low
next: >-
  Set up a second factor for root, or switch its sign-in off.
threshold: {timespan: new_account_hours}
tests:
  positive:
    - events:
        - {at: '0s', service: organizations, action: CreateAccountResult, details: {createAccountStatus: {accountId: '700070007000'}}}
        - {at: '2d', action: Clock}
  negative:
    - events:
        - {at: '0s', service: organizations, action: CreateAccountResult, details: {createAccountStatus: {accountId: '700070007000'}}}
        - {at: '5h', action: EnableMFADevice, account: '700070007000', request: {userName: root, serialNumber: m}}
        - {at: '2d', action: Clock}

"""##),
    File(name: "history.yml", text: ##"""
title: Secrets or identities read from an address never used before
id: 0fb72fc9-e85b-53a4-bc45-ee68ca25a27a
name: secret_from_new_address
status: test
description: >-
  A user read secrets or listed identities from an address that neither this user nor a colleague used before.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.credential-access, attack.t1078.004]
correlation:
  type: first_seen
  rules: [base_user_reaches_in]
  group-by: [account, actor]
  timespan: 90d
  field: src_ip
  learning: '7d'
  unless-peers: 1
falsepositives:
  - 'A new home, a new office'
level: low
next: >-
  Ask the person; if it was not them, deactivate the key.
threshold: {learning: baseline_days}
tests:
  positive:
    - events:
        - {at: '0s', 'n': 20, every: '12h', service: secretsmanager, action: GetSecretValue, actor: ann, src_ip: '192.0.2.5'}
        - {at: '11d', service: secretsmanager, action: GetSecretValue, src_ip: '203.0.113.4'}
  negative:
    - events:
        - {at: '0s', 'n': 20, every: '12h', service: secretsmanager, action: GetSecretValue, actor: ann, src_ip: '192.0.2.5'}
        - {at: '11d', service: secretsmanager, action: GetSecretValue, src_ip: '192.0.2.5'}
    - events:
        - {at: '0s', 'n': 20, every: '12h', service: secretsmanager, action: GetSecretValue, actor: ann, src_ip: '192.0.2.5'}
        - {at: '0s', 'n': 20, every: '12h', service: secretsmanager, action: GetSecretValue, actor: ben, src_ip: '203.0.113.4'}
        - {at: '11d', service: secretsmanager, action: GetSecretValue, src_ip: '203.0.113.4'}
    - events:
        - {at: '0s', 'n': 4, every: '12h', service: secretsmanager, action: GetSecretValue, actor: ann, src_ip: '192.0.2.5'}
        - {at: '3d', service: secretsmanager, action: GetSecretValue, src_ip: '203.0.113.4'}
---
title: User who was never seen reads secrets or lists identities
id: 07c7f5bd-68e5-5b2d-b450-b7228d70491b
name: new_user_reaches_in
status: test
description: >-
  Somebody who did nothing in this account before starts with its secrets or identities.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.t1078.004]
correlation:
  type: first_seen
  rules: [base_user_reaches_in]
  group-by: [account]
  timespan: 90d
  field: actor
  learning: '14d'
falsepositives:
  - New colleagues
level: low
next: >-
  Ask who it is; see when the credential was made.
threshold: {learning: baseline_days}
tests:
  positive:
    - events:
        - {at: '0s', 'n': 40, every: '12h', service: secretsmanager, action: GetSecretValue, actor: ann}
        - {at: '21d', service: secretsmanager, action: GetSecretValue, actor: ghost}
  negative:
    - events:
        - {at: '0s', 'n': 40, every: '12h', service: secretsmanager, action: GetSecretValue, actor: ann}
        - {at: '21d', service: secretsmanager, action: GetSecretValue, actor: ann}
    - events:
        - {at: '0s', 'n': 4, every: '12h', service: secretsmanager, action: GetSecretValue, actor: ann}
        - {at: '3d', service: secretsmanager, action: GetSecretValue, actor: ghost}
---
title: 'First change of identities, rights or logging by a user'
id: e326ac2c-56cd-5ee3-adc5-d581f7f88c8b
name: new_kind_of_change
status: test
description: >-
  A user made a kind of change to identities, rights or logging that this user never made before.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1098]
correlation:
  type: first_seen
  rules: [base_user_changes_power]
  group-by: [account, actor]
  timespan: 90d
  field: class
  learning: '14d'
falsepositives:
  - A new duty
level: low
next: >-
  Compare with the person's duties.
threshold: {learning: baseline_days}
tests:
  positive:
    - events:
        - {at: '0s', service: iam, action: CreateUser, 'n': 40, every: '12h', request: {userName: 'u#'}}
        - {at: '21d', service: iam, action: CreateAccessKey, request: {userName: u1}}
  negative:
    - events:
        - {at: '0s', service: iam, action: CreateUser, 'n': 40, every: '12h', request: {userName: 'u#'}}
        - {at: '21d', service: iam, action: DeleteUser, request: {userName: u1}}
---
title: User returns after a month of silence
id: 844cac3a-10dd-5106-97d9-342edc7975c7
name: dormant_return
status: test
description: >-
  A user who was silent for a month signs in, looks around or reads secrets again.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.t1078.004]
correlation:
  type: dormant
  rules: [base_user_works]
  group-by: [account, actor]
  timespan: 30d
falsepositives:
  - 'Parental leave, long holidays'
level: low
next: >-
  Ask the person; an account nobody uses should be closed.
threshold: {timespan: dormant_days}
tests:
  positive:
    - events:
        - {at: '0s', service: sts, action: GetCallerIdentity}
        - {at: '31d', service: sts, action: GetCallerIdentity}
  negative:
    - events:
        - {at: '0s', service: sts, action: GetCallerIdentity}
        - {at: '29d', service: sts, action: GetCallerIdentity}
---
title: One identity in two places
id: 40729127-0ffa-5de3-9d87-b5a7cee14e29
name: impossible_travel
status: test
description: >-
  Sign-ins of one identity come from places that nobody gets between in the time; without a location database,
  from four networks within the hour.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.t1078.004]
correlation:
  type: travel
  rules: [base_login_success]
  group-by: [account, actor]
  timespan: 1d
  # Home, the office and its VPN make three networks in an honest hour.
  fallback: {networks: 4, within: 1h}
falsepositives:
  - 'Company VPNs, mobile networks'
level: medium
next: >-
  Ask the person which of them was theirs.
threshold: {speed: travel_kmh}
tests:
  positive:
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, src_ip: '203.0.113.4'}
        - {at: '10m', service: signin, action: ConsoleLogin, src_ip: '198.51.100.4'}
        - {at: '20m', service: signin, action: ConsoleLogin, src_ip: '192.0.2.5'}
        - {at: '30m', service: signin, action: ConsoleLogin, src_ip: '192.88.99.5'}
  negative:
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, src_ip: '203.0.113.4'}
        - {at: '10m', service: signin, action: ConsoleLogin, src_ip: '198.51.100.4'}
        - {at: '20m', service: signin, action: ConsoleLogin, src_ip: '192.0.2.5'}
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, src_ip: '203.0.113.4'}
        - {at: '2h', service: signin, action: ConsoleLogin, src_ip: '198.51.100.4'}
        - {at: '4h', service: signin, action: ConsoleLogin, src_ip: '192.0.2.5'}
        - {at: '6h', service: signin, action: ConsoleLogin, src_ip: '192.88.99.5'}
---
title: Temporary credential used from two addresses in turn
id: ef1f906b-e847-5097-acbd-be3691eada0c
name: session_in_two_places
status: test
description: >-
  One temporary credential went back and forth between addresses: a copy of it is in use elsewhere.
author: Harrier
date: 2026-11-21
tags: [attack.credential-access, attack.lateral-movement, attack.t1550.001]
correlation:
  type: overlap
  rules: [base_looks_around, base_secret_read]
  group-by: [session_key]
  timespan: 1h
  field: src_ip
falsepositives:
  - Proxies with several exits
level: low
next: >-
  End the session; find where the credential was taken from.
tests:
  positive:
    - events:
        - {at: '0s', service: sts, action: GetCallerIdentity, actor_key: ASIAX, src_ip: '192.0.2.5'}
        - {at: '5m', service: sts, action: GetCallerIdentity, actor_key: ASIAX, src_ip: '203.0.113.4'}
        - {at: '9m', service: sts, action: GetCallerIdentity, actor_key: ASIAX, src_ip: '192.0.2.5'}
  negative:
    - events:
        - {at: '0s', service: sts, action: GetCallerIdentity, actor_key: ASIAX, src_ip: '192.0.2.5'}
        - {at: '5m', service: sts, action: GetCallerIdentity, actor_key: ASIAX, src_ip: '203.0.113.4'}
    - events:
        - {at: '0s', service: sts, action: GetCallerIdentity, actor_key: AKIAX, src_ip: '192.0.2.5'}
        - {at: '5m', service: sts, action: GetCallerIdentity, actor_key: AKIAX, src_ip: '203.0.113.4'}
        - {at: '9m', service: sts, action: GetCallerIdentity, actor_key: AKIAX, src_ip: '192.0.2.5'}
---
title: Raised rights used longer than an hour
id: dc3c4e13-948f-5a1b-b160-c06ed2148459
name: elevation_overstayed
status: test
description: >-
  A session with raised rights was still used more than an hour after it was taken.
author: Harrier
date: 2026-11-21
tags: [attack.privilege-escalation, attack.t1548.005]
correlation:
  type: overstay
  rules: [base_elevated, base_signs_out, base_elevated_works]
  group-by: [session]
  aliases:
    session: {base_elevated: minted_key, base_signs_out: session_key, base_elevated_works: session_key}
  timespan: 1h
falsepositives:
  - Work that took longer than approved
level: medium
next: >-
  End the session; ask for another approval.
threshold: {timespan: elevation_minutes}
tests:
  positive:
    - events:
        - {at: '0s', service: sts, action: AssumeRole, request: {roleArn: 'arn:aws:iam::1:role/sample-elevated'}, response: {credentials: {accessKeyId: ASIAE}}}
        - {at: '2h', service: ec2, action: DescribeInstances, actor_type: AssumedRole, actor_issuer: 'arn:aws:iam::1:role/sample-elevated', actor_key: ASIAE}
  negative:
    - events:
        - {at: '0s', service: sts, action: AssumeRole, request: {roleArn: 'arn:aws:iam::1:role/sample-elevated'}, response: {credentials: {accessKeyId: ASIAE}}}
        - {at: '50m', service: ec2, action: DescribeInstances, actor_type: AssumedRole, actor_issuer: 'arn:aws:iam::1:role/sample-elevated', actor_key: ASIAE}
---
title: No sessions in the log of an account for half a day
id: a14d3064-bf26-5222-bf48-20a534416fc8
name: log_gap
status: test
description: >-
  An account in which roles are taken all day shows none for twelve hours: it was quiet, or the log has a hole.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1562.008]
correlation:
  type: gap
  rules: [base_session_minted]
  group-by: [account]
  timespan: 12h
  learning: '7d'
falsepositives:
  - Small accounts at weekends
level: low
next: >-
  harrier sources shows what the archive holds of that time; fetch the missing files.
threshold: {timespan: log_gap_minutes}
tests:
  positive:
    - events:
        - {at: '0s', service: sts, action: AssumeRole, 'n': 100, every: '2h'}
        - {at: '10d', service: sts, action: AssumeRole}
  negative:
    - events:
        - {at: '0s', service: sts, action: AssumeRole, 'n': 100, every: '2h'}
        - {at: '203h', service: sts, action: AssumeRole}
    - events:
        - {at: '0s', service: sts, action: AssumeRole}
        - {at: '1d', service: sts, action: AssumeRole}
---
title: From a new address identities are listed and secrets or rights taken
id: 968e0313-f7c8-51e6-948b-7d69a099d24d
name: new_address_takes_hold
status: test
description: >-
  A user's credential turned up at an address that nobody used before, listed identities and took secrets, keys
  or rights: it is stolen.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.credential-access, attack.discovery, attack.t1078.004, attack.t1087.004]
correlation:
  type: temporal
  rules: [chain_new_address, chain_enumeration_then_use]
  group-by: [account, actor]
  timespan: 1h
falsepositives:
  - An administrator on the first day in a new office
level: high
next: >-
  Deactivate the credential, then list everything that came from the address.
tests:
  positive:
    - events:
        - {at: '0s', 'n': 20, every: '12h', service: secretsmanager, action: GetSecretValue, actor: ann, src_ip: '192.0.2.5'}
        - {at: '15840m', service: iam, action: ListUsers, src_ip: '203.0.113.4'}
        - {at: '15841m', service: iam, action: ListAccessKeys, src_ip: '203.0.113.4'}
        - {at: '15842m', service: secretsmanager, action: GetSecretValue, src_ip: '203.0.113.4'}
  negative:
    - events:
        - {at: '0s', 'n': 20, every: '12h', service: secretsmanager, action: GetSecretValue, actor: ann, src_ip: '192.0.2.5'}
        - {at: '15840m', service: iam, action: ListUsers, src_ip: '192.0.2.5'}
        - {at: '15841m', service: iam, action: ListAccessKeys, src_ip: '192.0.2.5'}
        - {at: '15842m', service: secretsmanager, action: GetSecretValue, src_ip: '192.0.2.5'}
    - events:
        - {at: '0s', 'n': 20, every: '12h', service: secretsmanager, action: GetSecretValue, actor: ann, src_ip: '192.0.2.5'}
        - {at: '15840m', service: secretsmanager, action: GetSecretValue, src_ip: '203.0.113.4'}

"""##),
    File(name: "identity.yml", text: ##"""
title: 'User created, changed or deleted'
id: 21a3329e-5b6f-537f-b078-3daa8d60d321
name: identity_changed
status: test
description: >-
  A user or another identity was created, changed or deleted. A line in the record of changes; other rules say
  when it is unusual.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1136.003]
logsource: {product: cloud}
detection:
  selection:
    class: identity_change
    outcome: success
  condition: selection
falsepositives:
  - Daily administration
level: informational
next: >-
  harrier search with the class and the target shows who else changed it.
tests:
  positive:
    - {class: identity_change, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: identity_change, outcome: denied}
---
title: Group or its members changed
id: f1e3967b-d5b4-5ee0-bd91-792bc6a36cba
name: group_changed
status: test
description: >-
  A group was made or deleted, or somebody joined or left it, with the rights that come with it. A line in the
  record of changes; other rules say when it is unusual.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1098]
logsource: {product: cloud}
detection:
  selection:
    class: group_change
    outcome: success
  condition: selection
falsepositives:
  - Daily administration
level: informational
next: >-
  harrier search with the class and the target shows who else changed it.
tests:
  positive:
    - {class: group_change, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: group_change, outcome: denied}
---
title: Access policy written or deleted
id: 822d3896-977d-5099-a947-d337e322793d
name: policy_written
status: test
description: >-
  The text of an access policy changed, or which version of it counts. A line in the record of changes; other
  rules say when it is unusual.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1098]
logsource: {product: cloud}
detection:
  selection:
    class: policy_change
    outcome: success
  condition: selection
falsepositives:
  - Daily administration
level: informational
next: >-
  harrier search with the class and the target shows who else changed it.
tests:
  positive:
    - {class: policy_change, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: policy_change, outcome: denied}
---
title: Rights given or taken
id: 46fd5c4a-4ae2-54a0-afcb-3e0ff5161c48
name: rights_attached
status: test
description: >-
  A policy was attached to a user, group or role, or detached. A line in the record of changes; other rules say
  when it is unusual.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1098.003]
logsource: {product: cloud}
detection:
  selection:
    class: policy_attachment
    outcome: success
  condition: selection
falsepositives:
  - Daily administration
level: informational
next: >-
  harrier search with the class and the target shows who else changed it.
tests:
  positive:
    - {class: policy_attachment, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: policy_attachment, outcome: denied}
---
title: 'Role created, changed or deleted'
id: 5834e954-c158-5efc-8be2-c86f9ffd9fef
name: role_changed
status: test
description: >-
  A role or its trust changed. A line in the record of changes; other rules say when it is unusual.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1098]
logsource: {product: cloud}
detection:
  selection:
    class: role_trust
    outcome: success
  condition: selection
falsepositives:
  - Daily administration
level: informational
next: >-
  harrier search with the class and the target shows who else changed it.
maps: {cis_alibaba: ['2.10']}
tests:
  positive:
    - {class: role_trust, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: role_trust, outcome: denied}
---
title: Credential changed or deleted
id: 080c5871-1766-5583-96a4-3049371ad55c
name: credential_changed
status: test
description: >-
  A key or password was changed, switched on or off, or deleted. A line in the record of changes; other rules
  say when it is unusual.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1098.001]
logsource: {product: cloud}
detection:
  selection:
    class: credential_change
    outcome: success
  condition: selection
falsepositives:
  - Daily administration
level: informational
next: >-
  harrier search with the class and the target shows who else changed it.
tests:
  positive:
    - {class: credential_change, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: credential_change, outcome: denied}
---
title: Policy attached to a user directly
id: 4394901d-7bdb-590a-a019-40833f699ff7
name: policy_on_user
status: test
description: >-
  Rights were given to one user instead of a group or role. Such rights outlive the reason for them.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1098.003]
logsource: {product: cloud}
detection:
  selection:
    class: policy_attachment
    action|startswith: [Attach, Put]
    target_type: user
    outcome: success
  condition: selection
falsepositives:
  - Small accounts without groups
lowered-by: [automation]
level: low
next: >-
  Move the right to a group or role; check whether the user still needs it.
tests:
  positive:
    - {class: policy_attachment, action: AttachSomething, target_type: user, outcome: success}
    - {class: policy_attachment, action: PutSomething, target_type: user, outcome: success}
  negative:
    - {class: 'inferred:change', action: AttachSomething, target_type: user, outcome: success}
    - {class: policy_attachment, action: GetUser, target_type: user, outcome: success}
    - {class: policy_attachment, action: AttachSomething, target_type: bucket, outcome: success}
    - {class: policy_attachment, action: AttachSomething, target_type: user, outcome: denied}
---
title: Administrator rights given
id: 104d2c50-7d32-5950-9080-67397fc1d09f
name: admin_rights_given
status: test
description: >-
  A policy that allows everything, or that allows to give oneself everything, was attached.
author: Harrier
date: 2026-11-21
tags: [attack.privilege-escalation, attack.persistence, attack.t1098.003]
logsource: {product: cloud}
detection:
  selection:
    class: policy_attachment
    outcome: success
    requestParameters|contains: [AdministratorAccess, AliyunRAMFullAccess, IAMFullAccess, QcloudCamFullAccess]
  take:
    action|startswith: [Detach, Delete]
  condition: selection and not take
falsepositives:
  - 'Setting up an administrator, with a ticket'
level: medium
next: >-
  Ask who approved it. List what the target did since.
tests:
  positive:
    - {eventSource: iam.amazonaws.com, awsRegion: us-east-1, eventName: AttachUserPolicy, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {userName: ben, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess'}}
    - {serviceName: Ram, acsRegion: cn-hangzhou, eventRW: Write, eventName: AttachPolicyToUser, userIdentity: {type: ram-user, userName: ann}, requestParameters: {PolicyName: AliyunRAMFullAccess, UserName: ben}}
    - {eventSource: iam.amazonaws.com, awsRegion: us-east-1, eventName: AttachRolePolicy, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {roleName: r, policyArn: 'arn:aws:iam::aws:policy/IAMFullAccess'}}
    - {resourceType: cam, eventRegion: ap-guangzhou, actionType: Write, eventName: AttachUserPolicy, errorCode: '0', apiErrorCode: 0, userIdentity: {type: CAMUser, userName: ann, secretId: ''}, requestParameters: '{"AttachUin":100,"PolicyName":"QcloudCamFullAccess"}'}
  negative:
    - {eventSource: iam.amazonaws.com, awsRegion: us-east-1, eventName: AttachUserPolicy, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {userName: ben, policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess'}}
    - {eventSource: iam.amazonaws.com, awsRegion: us-east-1, eventName: DetachUserPolicy, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {userName: ben, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess'}}
    - {eventSource: iam.amazonaws.com, awsRegion: us-east-1, eventName: DeleteUserPolicy, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {userName: ben, policyName: AdministratorAccess}}
    - {eventSource: iam.amazonaws.com, awsRegion: us-east-1, eventName: AttachUserPolicy, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {userName: ben, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess'}, errorCode: AccessDenied}
    - {eventSource: iam.amazonaws.com, awsRegion: us-east-1, eventName: GetPolicy, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess'}}
---
title: Somebody gave rights to themselves
id: cca30583-02fb-5149-989d-3c62216784b4
name: self_granted_rights
status: test
description: >-
  Who attached the policy is who it was attached to. Even with the right to do so nobody should need to.
author: Harrier
date: 2026-11-21
tags: [attack.privilege-escalation, attack.t1098.003]
logsource: {product: cloud}
detection:
  selection:
    class: policy_attachment
    action|startswith: [Attach, Put, Create]
    outcome: success
  by_name:
    target|fieldref: actor
  by_id:
    target|fieldref: actor_id
  condition: selection and 1 of by_*
falsepositives:
  - The first administrator of a new account
level: high
next: >-
  Detach the policy, then read what the identity did between the two.
tests:
  positive:
    - {class: policy_attachment, action: AttachUserPolicy, outcome: success, target: ann, actor: Ann}
    - {class: policy_attachment, action: PutUserPolicy, outcome: success, target: ann, actor: ann}
    - {class: policy_attachment, action: CreateAccessAssignment, outcome: success, target: u-1, actor: ann, actor_id: u-1}
  negative:
    - {class: policy_attachment, action: AttachUserPolicy, outcome: success, target: ben, actor: ann, actor_id: '7'}
    - {class: policy_attachment, action: DetachUserPolicy, outcome: success, target: ann, actor: ann}
    - {class: policy_attachment, action: AttachUserPolicy, outcome: denied, target: ann, actor: ann}
    - {class: policy_change, action: AttachUserPolicy, outcome: success, target: ann, actor: ann}
---
title: Policy that allows everything written
id: 43e7148d-e4fa-505a-af7f-4175c22f7c58
name: wildcard_policy
status: test
description: >-
  The text of a policy allows every action. It is an administrator's policy under another name.
author: Harrier
date: 2026-11-21
tags: [attack.privilege-escalation, attack.t1098.003]
logsource: {product: cloud}
detection:
  selection:
    class: [policy_change, policy_attachment]
    outcome: success
    requestParameters|re: '\\?"[Aa]ction\\?"\s*:\s*\[?\s*\\?"\*\\?"'
  deny:
    requestParameters|re: '\\?"[Ee]ffect\\?"\s*:\s*\\?"[Dd]eny\\?"'
  condition: selection and not deny
falsepositives:
  - Sandboxes
level: medium
next: >-
  Read the policy; narrow it to what is used.
tests:
  positive:
    - {eventSource: iam.amazonaws.com, awsRegion: us-east-1, eventName: PutUserPolicy, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {userName: ben, policyName: p, policyDocument: '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'}}
    - {eventSource: iam.amazonaws.com, awsRegion: us-east-1, eventName: CreatePolicyVersion, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {policyArn: 'arn:aws:iam::1:policy/p', policyDocument: '{"Statement":{"Effect":"Allow","Action":["*"],"Resource":"*"}}'}}
  negative:
    - {eventSource: iam.amazonaws.com, awsRegion: us-east-1, eventName: PutUserPolicy, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {userName: ben, policyName: p, policyDocument: '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'}}
    - {eventSource: iam.amazonaws.com, awsRegion: us-east-1, eventName: PutUserPolicy, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {userName: ben, policyName: p, policyDocument: '{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}'}}
    - {eventSource: iam.amazonaws.com, awsRegion: us-east-1, eventName: PutUserPolicy, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {userName: ben, policyName: p, policyDocument: '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'}, errorCode: AccessDenied}
    - {eventSource: iam.amazonaws.com, awsRegion: us-east-1, eventName: SimulateCustomPolicy, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {policyInputList: ['{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}']}}
---
title: Role can be taken by somebody outside
id: 742032a2-27a4-5916-a010-5867ad30b25c
name: trust_opened
status: test
description: >-
  The trust of a role was made or changed so that everybody, or a user or root of a named account, may take it.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.privilege-escalation, attack.t1098]
logsource: {product: cloud}
detection:
  selection:
    class: role_trust
    outcome: success
    requestParameters|re: '\\?"(AWS|RAM|qcs)\\?"\s*:\s*\[?\s*\\?"(\*|\d{12}|arn:aws[a-z-]*:iam::\d+:(root|user/)|acs:ram::\d+:(root|user/)|qcs::cam::uin/\d+:(root|uin/))'
  condition: selection
falsepositives:
  - 'Integrations with a vendor; roles between own accounts'
level: medium
next: >-
  Check the account in the trust: is it one of yours or of a known vendor? If not, delete the role.
tests:
  positive:
    - {eventSource: iam.amazonaws.com, awsRegion: us-east-1, eventName: UpdateAssumeRolePolicy, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {roleName: r, policyDocument: '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}]}'}}
    - {serviceName: Ram, acsRegion: cn-hangzhou, eventRW: Write, eventName: CreateRole, userIdentity: {type: ram-user, userName: ann}, requestParameters: {RoleName: r, AssumeRolePolicyDocument: '{"Statement":[{"Principal":{"RAM":["acs:ram::123:root"]}}]}'}}
  negative:
    - {eventSource: iam.amazonaws.com, awsRegion: us-east-1, eventName: CreateRole, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {roleName: r, assumeRolePolicyDocument: '{"Statement":[{"Principal":{"Service":"ec2.amazonaws.com"}}]}'}}
    - {eventSource: iam.amazonaws.com, awsRegion: us-east-1, eventName: CreateRole, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {roleName: r, assumeRolePolicyDocument: '{"Principal":{"AWS":"*"}}'}, errorCode: AccessDenied}
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: PutBucketPolicy, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, bucketPolicy: '{"Principal":{"AWS":"*"}}'}}
---
title: Trust of an existing role changed
id: 8bb00700-85ee-52f3-b13b-22fcdc5bd0dd
name: trust_changed
status: test
description: >-
  Who may take a role that exists already was changed. New roles are not meant.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1098]
logsource: {product: cloud}
detection:
  selection:
    class: role_trust
    action: UpdateAssumeRolePolicy
    outcome: success
  condition: selection
falsepositives:
  - Moving a pipeline to another identity provider
lowered-by: [automation]
level: low
next: >-
  Compare old and new trust.
maps: {cis_alibaba: ['2.10']}
tests:
  positive:
    - {class: role_trust, action: UpdateAssumeRolePolicy, outcome: success}
  negative:
    - {class: 'inferred:change', action: UpdateAssumeRolePolicy, outcome: success}
    - {class: role_trust, action: CreateRole, outcome: success}
    - {class: role_trust, action: UpdateAssumeRolePolicy, outcome: denied}
---
title: Limit on rights removed
id: 55232acd-77f1-5cb6-97c3-b4243d83b5bd
name: boundary_removed
status: test
description: >-
  The permissions boundary of a user or role was deleted: what its policies promise now counts in full.
author: Harrier
date: 2026-11-21
tags: [attack.privilege-escalation, attack.t1098]
logsource: {product: cloud}
detection:
  selection:
    class: boundary_change
    action|startswith: Delete
    outcome: success
  condition: selection
falsepositives:
  - Dissolving an identity that is about to be deleted
level: high
next: >-
  Put the boundary back; see what the identity did meanwhile.
tests:
  positive:
    - {class: boundary_change, action: DeleteSomething, outcome: success}
  negative:
    - {class: 'inferred:change', action: DeleteSomething, outcome: success}
    - {class: boundary_change, action: PutUserPermissionsBoundary, outcome: success}
    - {class: boundary_change, action: DeleteSomething, outcome: denied}
---
title: Access key made for somebody else by a user
id: 0ea497bc-bcbb-5ffc-b415-0bfd65d73b6e
name: key_for_other_user
status: test
description: >-
  A user of the account made a key for another user. Robots that rotate keys are roles; a person who makes keys
  for others gets those others' rights.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1098.001]
logsource: {product: cloud}
detection:
  selection:
    class: credential_creation
    target_type: user
    outcome: success
    actor_type: user
    actor|exists: true
  own:
    - target|fieldref: actor
    - target|fieldref: actor_id
  condition: selection and not own
falsepositives:
  - Small companies where an administrator hands out keys
lowered-by: [automation]
level: medium
next: >-
  Ask the caller; if it was not planned, deactivate the key and list what it was used for.
tests:
  positive:
    - {class: credential_creation, target_type: user, outcome: success, actor_type: user, actor: ann, target: ben, actor_id: '7'}
  negative:
    - {class: credential_creation, target_type: user, outcome: success, actor_type: user, actor: ann, target: ann}
    - {class: credential_creation, target_type: user, outcome: success, actor_type: user, actor: ann, target: '7', actor_id: '7'}
    - {class: credential_creation, target_type: key, outcome: success, actor_type: user, actor: ann, target: ben}
    - {class: credential_creation, target_type: user, outcome: denied, actor_type: user, actor: ann, target: ben}
    - {class: credential_change, target_type: user, outcome: success, actor_type: user, actor: ann, target: ben}
    - {class: credential_creation, target_type: user, outcome: success, actor_type: role, actor: ann, target: ben}
    - {class: credential_creation, target_type: user, outcome: success, actor_type: user, target: ben}
---
title: Access key made by a role
id: a4e741a2-aa95-5f16-afa0-1e2ecf90f2ca
name: key_made_by_role
status: test
description: >-
  A role made a key for a user. Rotation robots do this all day.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1098.001]
logsource: {product: cloud}
detection:
  selection:
    class: credential_creation
    target_type: user
    outcome: success
    actor_type: role
  condition: selection
falsepositives:
  - Key rotation
lowered-by: [automation]
level: low
next: >-
  Was it a robot that rotates keys? If not, deactivate the key and ask.
tests:
  positive:
    - {class: credential_creation, target_type: user, outcome: success, actor_type: role, actor: key-rotation/run}
  negative:
    - {class: 'inferred:change', target_type: user, outcome: success, actor_type: role, actor: key-rotation/run}
    - {class: credential_creation, target_type: bucket, outcome: success, actor_type: role, actor: key-rotation/run}
    - {class: credential_creation, target_type: user, outcome: denied, actor_type: role, actor: key-rotation/run}
    - {class: credential_creation, target_type: user, outcome: success, actor_type: user, actor: key-rotation/run}
---
title: Role takes another role
id: 29d5a440-2264-523e-ae34-f777685ece64
name: role_chained
status: test
description: >-
  A session of a role took a further role. Each step makes it harder to say who it was.
author: Harrier
date: 2026-11-21
tags: [attack.lateral-movement, attack.t1550.001]
logsource: {product: cloud}
detection:
  selection:
    class: session_token
    action|startswith: AssumeRole
    actor_type: role
    outcome: success
  condition: selection
falsepositives:
  - Pipelines that deploy across accounts
level: informational
next: >-
  harrier timeline for the session names the person behind it.
tests:
  positive:
    - {class: session_token, action: AssumeRoleSomething, actor_type: role, outcome: success}
  negative:
    - {class: 'inferred:change', action: AssumeRoleSomething, actor_type: role, outcome: success}
    - {class: session_token, action: GetSessionToken, actor_type: role, outcome: success}
    - {class: session_token, action: AssumeRoleSomething, actor_type: user, outcome: success}
    - {class: session_token, action: AssumeRoleSomething, actor_type: role, outcome: denied}
---
title: Console password made for a user
id: bb3ed6c6-3cc4-52c1-99c5-ca9c6bc4e8c6
name: login_profile_created
status: test
description: >-
  A user who had only keys, or nothing, can now sign in to the console.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1098.001]
logsource: {product: cloud}
detection:
  selection:
    class: login_profile
    action|startswith: Create
    outcome: success
  condition: selection
falsepositives:
  - Onboarding
lowered-by: [automation]
level: low
next: >-
  Ask whether the user is a person who needs the console.
tests:
  positive:
    - {class: login_profile, action: CreateSomething, outcome: success}
  negative:
    - {class: 'inferred:change', action: CreateSomething, outcome: success}
    - {class: login_profile, action: DeleteLoginProfile, outcome: success}
    - {class: login_profile, action: CreateSomething, outcome: denied}
---
title: Console password of another user set anew
id: 08520918-c329-5ea9-8ba0-e95bc08c46dc
name: login_profile_reset
status: test
description: >-
  The password of an existing user was overwritten by somebody else. It gives the caller that user's rights.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.privilege-escalation, attack.t1098.001]
logsource: {product: cloud}
detection:
  selection:
    class: login_profile
    action|startswith: [Update, Reset]
    outcome: success
    actor|exists: true
  own:
    target|fieldref: actor
  condition: selection and not own
falsepositives:
  - 'A forgotten password, handled by the help desk'
level: medium
next: >-
  Ask both; look at the next sign-in of the target.
tests:
  positive:
    - {class: login_profile, action: UpdateLoginProfile, outcome: success, actor: ann, target: ben}
    - {class: login_profile, action: ResetUserPassword, outcome: success, actor: ann, target: ben}
  negative:
    - {class: login_profile, action: UpdateLoginProfile, outcome: success, actor: ann, target: ann}
    - {class: login_profile, action: CreateLoginProfile, outcome: success, actor: ann, target: ben}
    - {class: login_profile, action: UpdateLoginProfile, outcome: denied, actor: ann, target: ben}
    - {class: mfa_change, action: UpdateLoginProfile, outcome: success, actor: ann, target: ben}
    - {class: login_profile, action: UpdateLoginProfile, outcome: success, target: ben}
---
title: Password policy changed
id: e7d4dfe5-eaf7-5b05-a359-bf629c318781
name: password_policy_changed
status: test
description: >-
  The rules for passwords of the whole account were changed or deleted.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.defense-evasion, attack.t1556.009]
logsource: {product: cloud}
detection:
  selection:
    class: password_policy
    outcome: success
  condition: selection
falsepositives:
  - Introducing a stricter policy
level: medium
next: >-
  Compare with the old policy; a shorter or unlimited password is a step back.
tests:
  positive:
    - {class: password_policy, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: password_policy, outcome: denied}
---
title: Identity provider or trust anchor changed
id: 886394a8-fd3b-5142-b69a-121048a5cfdf
name: federation_changed
status: test
description: >-
  Who may sign people in from outside was changed: a SAML or OpenID provider, a certificate, a trust anchor.
  Whoever controls it can be anybody.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.privilege-escalation, attack.t1484.002]
logsource: {product: cloud}
detection:
  selection:
    class: federation_change
    outcome: success
  condition: selection
falsepositives:
  - Renewing a certificate on schedule
level: medium
next: >-
  Check the new certificate or URL against the identity team's record.
tests:
  positive:
    - {class: federation_change, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: federation_change, outcome: denied}
---
title: Somebody from outside was let in
id: 6136da18-5487-531f-ade7-49a5a1a8c2b6
name: outside_identity_added
status: test
description: >-
  A collaborator, another account or a messenger identity was bound to the account.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1136.003]
logsource: {product: cloud}
detection:
  selection:
    class: outside_identity
    outcome: success
  condition: selection
falsepositives:
  - 'Partners, with a contract'
level: medium
next: >-
  Ask who invited them and for what.
tests:
  positive:
    - {class: outside_identity, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: outside_identity, outcome: denied}
---
title: Account leaves the organization
id: 7141c995-6c91-59cc-9fd0-7f5f0bb80574
name: member_leaves_organization
status: test
description: >-
  An account was taken out of the organization or closed, or tried to leave. Guard rails and central logging end
  there.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1666]
logsource: {product: cloud}
detection:
  selection:
    class: organization_change
    action:
      - LeaveOrganization
      - RemoveAccountFromOrganization
      - QuitOrganization
      - DeleteOrganizationMembers
      - RemoveCloudAccount
      - DestroyResourceDirectory
      - DeleteOrganization
      - CloseAccount
  condition: selection
falsepositives:
  - Selling or closing a part of the company
level: high
next: >-
  Stop it if it is not planned; the attempt alone is worth a call.
tests:
  positive:
    - {class: organization_change, action: LeaveOrganization}
    - {class: organization_change, action: RemoveAccountFromOrganization}
    - {class: organization_change, action: QuitOrganization}
    - {class: organization_change, action: DeleteOrganizationMembers}
    - {class: organization_change, action: RemoveCloudAccount}
    - {class: organization_change, action: DestroyResourceDirectory}
    - {class: organization_change, action: DeleteOrganization}
    - {class: organization_change, action: CloseAccount}
  negative:
    - {class: 'inferred:change', action: LeaveOrganization}
    - {class: organization_change, action: GetUser}
---
title: Guard rail of the organization removed
id: ad7d96a0-acc2-5463-8e19-0e993a26dd24
name: guard_rail_removed
status: test
description: >-
  A policy that limits whole accounts was detached, deleted or switched off.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1666]
logsource: {product: cloud}
detection:
  selection:
    class: organization_change
    action:
      - DetachPolicy
      - DeletePolicy
      - DisablePolicyType
      - DetachControlPolicy
      - DeleteControlPolicy
      - DisableControlPolicy
    outcome: success
  condition: selection
falsepositives:
  - Restructuring the organization
level: high
next: >-
  Put it back; look at what became possible in the accounts below.
tests:
  positive:
    - {class: organization_change, action: DetachPolicy, outcome: success}
    - {class: organization_change, action: DeletePolicy, outcome: success}
    - {class: organization_change, action: DisablePolicyType, outcome: success}
    - {class: organization_change, action: DetachControlPolicy, outcome: success}
    - {class: organization_change, action: DeleteControlPolicy, outcome: success}
    - {class: organization_change, action: DisableControlPolicy, outcome: success}
  negative:
    - {class: 'inferred:change', action: DetachPolicy, outcome: success}
    - {class: organization_change, action: AttachPolicy, outcome: success}
    - {class: organization_change, action: DetachPolicy, outcome: denied}
---
title: Account made an administrator of the organization
id: 56f78280-41c6-5294-9cbe-a68d2827758e
name: delegated_administrator
status: test
description: >-
  A member account may now administrate a service for the whole organization, or a service was trusted with all
  accounts.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.privilege-escalation, attack.t1098]
logsource: {product: cloud}
detection:
  selection:
    class: organization_change
    action: [RegisterDelegatedAdministrator, EnableAWSServiceAccess]
    outcome: success
  condition: selection
falsepositives:
  - Setting up a security account
level: medium
next: >-
  Check that it is the account meant for this.
tests:
  positive:
    - {class: organization_change, action: RegisterDelegatedAdministrator, outcome: success}
    - {class: organization_change, action: EnableAWSServiceAccess, outcome: success}
  negative:
    - {class: 'inferred:change', action: RegisterDelegatedAdministrator, outcome: success}
    - {class: organization_change, action: GetUser, outcome: success}
    - {class: organization_change, action: RegisterDelegatedAdministrator, outcome: denied}
---
title: Resource shared with others
id: 521e3c1c-dcc2-5739-8da1-b45a0ada393d
name: shared_outside
status: test
description: >-
  A resource share was made or widened.
author: Harrier
date: 2026-11-21
tags: [attack.exfiltration, attack.t1537]
logsource: {product: cloud}
detection:
  selection:
    class: resource_share
    outcome: success
  condition: selection
falsepositives:
  - Shared networks between own accounts
lowered-by: [automation]
level: low
next: >-
  Check whether the other side is one of your accounts.
tests:
  positive:
    - {class: resource_share, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: resource_share, outcome: denied}
---
title: 'Mail, phone or contact of the account changed'
id: 364812eb-2cfe-5d78-8222-16afbea6b5c7
name: account_contact_changed
status: test
description: >-
  Where the provider sends warnings and password resets was changed, or the account is being closed or moved.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.impact, attack.t1098]
logsource: {product: cloud}
detection:
  selection:
    class: account_change
    outcome: success
  condition: selection
falsepositives:
  - Change of owner
level: medium
next: >-
  Call the owner at the old number.
tests:
  positive:
    - {class: account_change, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: account_change, outcome: denied}
---
title: Session minted from a long-lived key
id: 2165209d-e676-5e4d-98dc-f58fdbeade68
name: federation_token
status: test
description: >-
  A user made a session token for themselves or under another name. It lives on after the key is deleted, and
  can open the console.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1550.001]
logsource: {product: cloud}
detection:
  selection:
    class: session_token
    action: [GetFederationToken, GetSigninToken]
    actor_type: user
    outcome: success
  condition: selection
falsepositives:
  - Old scripts that hand out temporary access
level: medium
next: >-
  See which name and policy it carries; to end it, deny the user everything before the token's time.
tests:
  positive:
    - {class: session_token, action: GetFederationToken, actor_type: user, outcome: success}
    - {class: session_token, action: GetSigninToken, actor_type: user, outcome: success}
  negative:
    - {class: 'inferred:change', action: GetFederationToken, actor_type: user, outcome: success}
    - {class: session_token, action: GetUser, actor_type: user, outcome: success}
    - {class: session_token, action: GetFederationToken, actor_type: role, outcome: success}
    - {class: session_token, action: GetFederationToken, actor_type: user, outcome: denied}
---
title: Root session of a member account taken
id: fc8bc682-2f72-50e6-aff1-7d2b1991418a
name: root_session_taken
status: test
description: >-
  Somebody used the organization's right to act as root of a member.
author: Harrier
date: 2026-11-21
tags: [attack.privilege-escalation, attack.t1078.004]
logsource: {product: cloud}
detection:
  selection:
    class: elevation
  condition: selection
falsepositives:
  - Central clean-up of root credentials
level: high
next: >-
  Ask the organization's administrators.
tests:
  positive:
    - {class: elevation}
  negative:
    - {class: session_token}
---
title: Access to a cluster granted
id: 1e334996-6f6e-55b6-b1a3-168c3956f824
name: cluster_access_granted
status: test
description: >-
  An identity was given rights inside a Kubernetes cluster, outside of the cluster's own accounts.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1098.006]
logsource: {product: cloud}
detection:
  selection:
    class: policy_attachment
    service: eks
    outcome: success
  condition: selection
falsepositives:
  - Adding a team
lowered-by: [automation]
level: medium
next: >-
  Check the identity and the policy.
tests:
  positive:
    - {class: policy_attachment, service: eks, outcome: success}
  negative:
    - {class: 'inferred:change', service: eks, outcome: success}
    - {class: policy_attachment, service: billing, outcome: success}
    - {class: policy_attachment, service: eks, outcome: denied}

"""##),
    File(name: "logging.yml", text: ##"""
title: Audit trail or log store deleted
id: fb71cc96-622d-54e5-836e-49e6be848f6c
name: logging_deleted
status: test
description: >-
  A trail, event store, log group, flow log or delivery channel was deleted. What happens next is not recorded
  there.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1562.008]
logsource: {product: cloud}
detection:
  selection:
    class: logging_tamper
    action|startswith: [Delete, Disassociate]
    outcome: success
  condition: selection
falsepositives:
  - 'Moving logs to another trail, after the new one runs'
level: high
next: >-
  Make the trail anew, and look at the same actor's calls in the provider's own short history.
maps: {}
tests:
  positive:
    - {class: logging_tamper, action: DeleteSomething, outcome: success}
    - {class: logging_tamper, action: DisassociateSomething, outcome: success}
  negative:
    - {class: 'inferred:change', action: DeleteSomething, outcome: success}
    - {class: logging_tamper, action: GetUser, outcome: success}
    - {class: logging_tamper, action: DeleteSomething, outcome: denied}
---
title: Logging switched off
id: 657a5a4b-1bd0-56c1-992e-346dccfed3a5
name: logging_stopped
status: test
description: >-
  A trail, recorder or flow log was stopped. Some robots do this for minutes while they work; if it is not
  switched on again another rule says so.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1562.008]
logsource: {product: cloud}
detection:
  selection:
    class: logging_tamper
    action|startswith: [Stop, Disable, Deacti]
    outcome: success
  condition: selection
falsepositives:
  - Maintenance
lowered-by: [automation]
level: low
next: >-
  Check that it runs again.
maps: {}
tests:
  positive:
    - {class: logging_tamper, action: StopSomething, outcome: success}
    - {class: logging_tamper, action: DisableSomething, outcome: success}
    - {class: logging_tamper, action: DeactiSomething, outcome: success}
  negative:
    - {class: 'inferred:change', action: StopSomething, outcome: success}
    - {class: logging_tamper, action: GetUser, outcome: success}
    - {class: logging_tamper, action: StopSomething, outcome: denied}
---
title: 'What is logged, or where to, was changed'
id: e7f15ef2-a746-5749-a088-ff5d9d7b33f9
name: logging_narrowed
status: test
description: >-
  A trail was pointed elsewhere or told to record less.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1562.008]
logsource: {product: cloud}
detection:
  selection:
    class: logging_tamper
    action:
      - UpdateTrail
      - PutEventSelectors
      - UpdateAudit
      - ModifyAuditTrack
      - ModifyEventsAuditTrack
      - UpdateEventDataStore
    outcome: success
  condition: selection
falsepositives:
  - 'Moving to another bucket, adding data events'
level: medium
next: >-
  Compare old and new settings of the trail.
tests:
  positive:
    - {class: logging_tamper, action: UpdateTrail, outcome: success}
    - {class: logging_tamper, action: PutEventSelectors, outcome: success}
    - {class: logging_tamper, action: UpdateAudit, outcome: success}
    - {class: logging_tamper, action: ModifyAuditTrack, outcome: success}
    - {class: logging_tamper, action: ModifyEventsAuditTrack, outcome: success}
    - {class: logging_tamper, action: UpdateEventDataStore, outcome: success}
  negative:
    - {class: 'inferred:change', action: UpdateTrail, outcome: success}
    - {class: logging_tamper, action: GetUser, outcome: success}
    - {class: logging_tamper, action: UpdateTrail, outcome: denied}
---
title: Logs are kept for a shorter time
id: 59153c2d-c2b5-5b4b-8006-6d22836325b4
name: log_retention_cut
status: test
description: >-
  The time for which logs are kept was set below what evidence needs (365 days for Alibaba Cloud log stores, 180
  for Tencent Cloud topics, 90 for AWS log groups).
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1070]
logsource: {product: cloud}
detection:
  selection:
    class: logging_tamper
    action: [UpdateLogStore, PutRetentionPolicy, ModifyTopic]
    outcome: success
  condition: selection
falsepositives:
  - Test projects
level: medium
next: >-
  Set it back before the first logs run out.
maps: {cis_alibaba: ['2.23']}
tests:
  positive:
    - {class: logging_tamper, action: UpdateLogStore, outcome: success}
    - {class: logging_tamper, action: PutRetentionPolicy, outcome: success}
    - {class: logging_tamper, action: ModifyTopic, outcome: success}
    - {serviceName: Sls, acsRegion: cn-hangzhou, eventRW: Write, eventName: UpdateLogStore, userIdentity: {type: ram-user, userName: ann}, requestParameters: {logstoreName: audit, ttl: 30}}
  negative:
    - {class: 'inferred:change', action: UpdateLogStore, outcome: success}
    - {class: logging_tamper, action: GetUser, outcome: success}
    - {class: logging_tamper, action: UpdateLogStore, outcome: denied}
    - {serviceName: Sls, acsRegion: cn-hangzhou, eventRW: Write, eventName: UpdateLogStore, userIdentity: {type: ram-user, userName: ann}, requestParameters: {logstoreName: audit, ttl: 400}}
---
title: Access log of a bucket switched off
id: b682b784-f830-5005-9b3d-e7466dd386a1
name: access_log_off
status: test
description: >-
  Reads and writes of a bucket are no longer recorded.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1562.008]
logsource: {product: cloud}
detection:
  selection:
    class: logging_tamper
    action: PutBucketLogging
    outcome: success
  condition: selection
falsepositives:
  - Clean-up of test buckets
lowered-by: [automation]
level: low
next: >-
  Switch it on again if the bucket holds anything.
tests:
  positive:
    - {class: logging_tamper, action: PutBucketLogging, outcome: success}
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: PutBucketLogging, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, BucketLoggingStatus: {xmlns: x}}}
  negative:
    - {class: 'inferred:change', action: PutBucketLogging, outcome: success}
    - {class: logging_tamper, action: GetUser, outcome: success}
    - {class: logging_tamper, action: PutBucketLogging, outcome: denied}
    - {eventSource: s3.amazonaws.com, awsRegion: us-east-1, eventName: PutBucketLogging, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {bucketName: b, BucketLoggingStatus: {LoggingEnabled: {TargetBucket: l}}}}
---
title: Detection or alarm switched off
id: 28e6d5a2-82cd-5170-9201-ec1fc9c60a7e
name: monitoring_tampered
status: test
description: >-
  A detector, alarm, rule, standard or web firewall was deleted, disabled, or given an exception.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1562.001]
logsource: {product: cloud}
detection:
  selection:
    class: monitoring_tamper
    outcome: success
  condition: selection
falsepositives:
  - Tuning by the security team
lowered-by: [automation]
level: medium
next: >-
  Ask the security team; if it was not them, switch it on and look at what it would have seen.
tests:
  positive:
    - {class: monitoring_tamper, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: monitoring_tamper, outcome: denied}
---
title: Bucket with audit logs changed
id: 05b1f348-4994-54a9-984e-5a097aaa88a1
name: log_bucket_changed
status: test
description: >-
  The policy, life cycle, versions or existence of a bucket that by its name holds audit logs was changed.
  Evidence can be read or vanish.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1562.008]
logsource: {product: cloud}
detection:
  selection:
    class: [data_access_change, data_exposure, backup_change, destructive]
    category: management
    target|contains: [cloudtrail, actiontrail, cloudaudit, audit-log]
    outcome: success
  condition: selection
falsepositives:
  - Setting up logging
level: high
next: >-
  Compare the bucket's policy and life cycle with what they should be; check the digest chain of the logs.
tests:
  positive:
    - {class: data_access_change, category: management, target: xcloudtraily, outcome: success}
    - {class: data_exposure, category: management, target: xcloudtraily, outcome: success}
    - {class: backup_change, category: management, target: xcloudtraily, outcome: success}
    - {class: destructive, category: management, target: xcloudtraily, outcome: success}
    - {class: data_access_change, category: management, target: xactiontraily, outcome: success}
    - {class: data_access_change, category: management, target: xcloudaudity, outcome: success}
    - {class: data_access_change, category: management, target: xaudit-logy, outcome: success}
  negative:
    - {class: object_access, category: management, target: xcloudtraily, outcome: success}
    - {class: data_access_change, category: data, target: xcloudtraily, outcome: success}
    - {class: data_access_change, category: management, target: thing, outcome: success}
    - {class: data_access_change, category: management, target: xcloudtraily, outcome: denied}

"""##),
    File(name: "network.yml", text: ##"""
title: Something was opened to the whole internet
id: f2104543-7108-5fc9-ab8e-654d0099bec5
name: network_opened
status: test
description: >-
  A security group, network list, database or cluster endpoint now takes connections from every address.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1562.007]
logsource: {product: cloud}
detection:
  selection:
    class: network_exposure
    outcome: success
  condition: selection
falsepositives:
  - Public web sites
lowered-by: [automation]
level: low
next: >-
  Check the port; everything but a web site should be narrowed.
maps: {cis_alibaba: ['2.22']}
tests:
  positive:
    - {class: network_exposure, outcome: success}
    - {resourceType: vpc, eventRegion: ap-guangzhou, actionType: Write, eventName: CreateSecurityGroupPolicies, errorCode: '0', apiErrorCode: 0, userIdentity: {type: CAMUser, userName: ann, secretId: ''}, requestParameters: '{"SecurityGroupPolicySet":{"Ingress":[{"Port":"443","CidrBlock":"0.0.0.0/0"}]}}'}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: network_exposure, outcome: denied}
    - {serviceName: Ecs, acsRegion: cn-hangzhou, eventRW: Write, eventName: AuthorizeSecurityGroup, userIdentity: {type: ram-user, userName: ann}, requestParameters: {PortRange: '22/22', SourceCidrIp: '10.0.0.0/8'}}
---
title: Port for administration or data opened to the whole internet
id: d6fe8e17-b7fe-574d-aa12-6aa6c3edd3a0
name: admin_port_opened
status: test
description: >-
  Remote login, a remote desktop, a database or everything at once can now be reached from every address. It is
  found by scanners within minutes.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.initial-access, attack.t1562.007, attack.t1133]
logsource: {product: cloud}
detection:
  selection:
    class: network_exposure
    outcome: success
  aws_port:
    requestParameters|re: '"?[fF]romPort"?\s*:\s*"?(20|21|22|23|135|445|1433|1521|2375|3306|3389|5432|5900|5985|6379|9200|11211|27017)\b'
  aws_all:
    requestParameters|re: '"ipProtocol"\s*:\s*"-1"'
  alibaba_port:
    requestParameters.PortRange|re: '^(-1/-1|1/65535|(20|21|22|23|135|445|1433|1521|2375|3306|3389|5432|5900|5985|6379|9200|11211|27017)/)'
  tencent_port:
    requestParameters.SecurityGroupPolicySet.Ingress.Port|re: '(?i)(^|,)(all$|(20|21|22|23|135|445|1433|1521|2375|3306|3389|5432|5900|5985|6379|9200|11211|27017)(,|-|$))'
  condition: selection and 1 of *_*
falsepositives:
  - Honeypots
level: high
next: >-
  Close it, then look for connections to the machines behind it since.
maps: {cis_alibaba: ['2.22']}
tests:
  positive:
    - {eventSource: ec2.amazonaws.com, awsRegion: us-east-1, eventName: AuthorizeSecurityGroupIngress, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {groupId: sg-1, ipPermissions: {items: [{ipProtocol: tcp, fromPort: 22, toPort: 22, ipRanges: {items: [{cidrIp: '0.0.0.0/0'}]}}]}}}
    - {eventSource: ec2.amazonaws.com, awsRegion: us-east-1, eventName: AuthorizeSecurityGroupIngress, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {groupId: sg-1, ipPermissions: {items: [{ipProtocol: '-1', ipRanges: {items: [{cidrIp: '0.0.0.0/0'}]}}]}}}
    - {serviceName: Ecs, acsRegion: cn-hangzhou, eventRW: Write, eventName: AuthorizeSecurityGroup, userIdentity: {type: ram-user, userName: ann}, requestParameters: {PortRange: '3389/3389', SourceCidrIp: '0.0.0.0/0'}}
    - {resourceType: vpc, eventRegion: ap-guangzhou, actionType: Write, eventName: CreateSecurityGroupPolicies, errorCode: '0', apiErrorCode: 0, userIdentity: {type: CAMUser, userName: ann, secretId: ''}, requestParameters: '{"SecurityGroupPolicySet":{"Ingress":[{"Port":"22","CidrBlock":"0.0.0.0/0"}]}}'}
  negative:
    - {eventSource: ec2.amazonaws.com, awsRegion: us-east-1, eventName: AuthorizeSecurityGroupIngress, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {groupId: sg-1, ipPermissions: {items: [{ipProtocol: tcp, fromPort: 443, toPort: 443, ipRanges: {items: [{cidrIp: '0.0.0.0/0'}]}}]}}}
    - {eventSource: ec2.amazonaws.com, awsRegion: us-east-1, eventName: AuthorizeSecurityGroupIngress, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {groupId: sg-1, ipPermissions: {items: [{ipProtocol: tcp, fromPort: 22, toPort: 22, ipRanges: {items: [{cidrIp: '10.0.0.0/8'}]}}]}}}
    - {eventSource: ec2.amazonaws.com, awsRegion: us-east-1, eventName: AuthorizeSecurityGroupIngress, userIdentity: {type: IAMUser, userName: ann}, requestParameters: {groupId: sg-1, ipPermissions: {items: [{ipProtocol: tcp, fromPort: 22, toPort: 22, ipRanges: {items: [{cidrIp: '0.0.0.0/0'}]}}]}}, errorCode: AccessDenied}
    - {serviceName: Ecs, acsRegion: cn-hangzhou, eventRW: Write, eventName: AuthorizeSecurityGroup, userIdentity: {type: ram-user, userName: ann}, requestParameters: {PortRange: '443/443', SourceCidrIp: '0.0.0.0/0'}}
    - {resourceType: vpc, eventRegion: ap-guangzhou, actionType: Write, eventName: CreateSecurityGroupPolicies, errorCode: '0', apiErrorCode: 0, userIdentity: {type: CAMUser, userName: ann, secretId: ''}, requestParameters: '{"SecurityGroupPolicySet":{"Ingress":[{"Port":"443","CidrBlock":"0.0.0.0/0"}]}}'}
---
title: Security group or network list changed
id: eeac62ca-78ec-5c88-adbe-31c3cae4d152
name: security_group_changed
status: test
description: >-
  Which connections are allowed was changed. A line in the record of changes.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1562.007]
logsource: {product: cloud}
detection:
  selection:
    class: [network_change, network_exposure]
    outcome: success
  condition: selection
falsepositives:
  - Daily administration
level: informational
next: >-
  harrier search with the target shows the group's history.
maps: {cis_alibaba: ['2.22']}
tests:
  positive:
    - {class: network_change, outcome: success}
    - {class: network_exposure, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: network_change, outcome: denied}
---
title: Rule or switch of the cloud firewall changed
id: 42879cf0-b855-596b-a704-ba8404307f0a
name: cloud_firewall_changed
status: test
description: >-
  The provider's central firewall got another rule, lost one, or was switched.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1562.007]
logsource: {product: cloud}
detection:
  selection:
    class: network_change
    service: [cloudfw, cfw, network-firewall]
    outcome: success
  condition: selection
falsepositives:
  - Daily administration by the network team
lowered-by: [automation]
level: low
next: >-
  Compare with the change request.
maps: {cis_alibaba: ['2.11']}
tests:
  positive:
    - {class: network_change, service: cloudfw, outcome: success}
    - {class: network_change, service: cfw, outcome: success}
    - {class: network_change, service: network-firewall, outcome: success}
  negative:
    - {class: 'inferred:change', service: cloudfw, outcome: success}
    - {class: network_change, service: billing, outcome: success}
    - {class: network_change, service: cloudfw, outcome: denied}
---
title: Network route changed
id: fc879aed-861a-5be1-8a8a-55f42494d4b0
name: route_changed
status: test
description: >-
  Where traffic goes was changed. A route can lead it past the firewall or out of the network.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1562.007]
logsource: {product: cloud}
detection:
  selection:
    class: route_change
    outcome: success
  condition: selection
falsepositives:
  - Building networks
lowered-by: [automation]
level: low
next: >-
  Check the next hop of the new route.
maps: {cis_alibaba: ['2.12']}
tests:
  positive:
    - {class: route_change, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: route_change, outcome: denied}
---
title: 'Virtual network made, changed or joined'
id: eee7cc54-4d91-51e4-add3-216d3ec01627
name: vpc_changed
status: test
description: >-
  A virtual network was made, deleted or changed, or joined with another.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1578]
logsource: {product: cloud}
detection:
  selection:
    class: vpc_change
    outcome: success
  condition: selection
falsepositives:
  - Building networks
lowered-by: [automation]
level: low
next: >-
  Compare with the change request.
maps: {cis_alibaba: ['2.13']}
tests:
  positive:
    - {class: vpc_change, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: vpc_change, outcome: denied}
---
title: Network joined with another
id: 9349ab68-2e31-575f-b18e-00cd17c793e3
name: vpc_peered
status: test
description: >-
  A peering between virtual networks was accepted or made. It lets somebody else's machines in.
author: Harrier
date: 2026-11-21
tags: [attack.lateral-movement, attack.t1599]
logsource: {product: cloud}
detection:
  selection:
    class: vpc_change
    action|contains: Peer
    outcome: success
  end:
    action|startswith: Delete
  condition: selection and not end
falsepositives:
  - Joining own networks
lowered-by: [automation]
level: medium
next: >-
  Check whose network is on the other side.
maps: {cis_alibaba: ['2.13']}
tests:
  positive:
    - {class: vpc_change, action: AcceptVpcPeeringConnection, outcome: success}
  negative:
    - {class: vpc_change, action: CreateVpc, outcome: success}
    - {class: vpc_change, action: DeleteVpcPeeringConnection, outcome: success}
    - {class: vpc_change, action: AcceptVpcPeeringConnection, outcome: denied}
    - {class: discovery, action: ListPeerings, outcome: success}
---
title: Network of a production account changed
id: 5c5c8dbc-7ee8-5b58-bb7a-01e95a5dc00d
name: network_change_in_prod
status: test
description: >-
  Routes or virtual networks of a production account were changed by somebody who is not the pipeline.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1562.007]
logsource: {product: cloud}
detection:
  selection:
    class: [route_change, vpc_change]
    outcome: success
    account|expand: '%prod_accounts%'
    actor_type: user
  condition: selection
falsepositives:
  - Emergency repairs
lowered-by: [automation]
level: medium
next: >-
  Compare with the change request; put it into the code.
maps: {cis_alibaba: ['2.12', '2.13']}
tests:
  positive:
    - {class: route_change, outcome: success, account: sample-prod, actor_type: user}
    - {class: vpc_change, outcome: success, account: sample-prod, actor_type: user}
  negative:
    - {class: 'inferred:change', outcome: success, account: sample-prod, actor_type: user}
    - {class: route_change, outcome: denied, account: sample-prod, actor_type: user}
    - {class: route_change, outcome: success, account: '999900001111', actor_type: user}
    - {class: route_change, outcome: success, account: sample-prod, actor_type: role}
---
title: Network traffic copied elsewhere
id: 8bb83553-2b9e-5391-98a2-e9665433acdb
name: traffic_mirrored
status: test
description: >-
  A mirror was set up: a copy of a machine's traffic goes to another one.
author: Harrier
date: 2026-11-21
tags: [attack.collection, attack.t1040]
logsource: {product: cloud}
detection:
  selection:
    class: traffic_mirror
    outcome: success
  condition: selection
falsepositives:
  - Intrusion detection
level: medium
next: >-
  Check where the copy goes.
tests:
  positive:
    - {class: traffic_mirror, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: traffic_mirror, outcome: denied}
---
title: Database can be reached from outside
id: 7406feef-57ff-50f7-9b82-fc5a93568dfd
name: database_opened
status: test
description: >-
  A database was given a public address, or a list that lets everybody in.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.exfiltration, attack.t1190]
logsource: {product: cloud}
detection:
  selection:
    class: network_exposure
    service: [rds, redshift, polardb, dds, kvstore, cdb, postgres, mongodb, redis, cynosdb]
    outcome: success
  condition: selection
falsepositives:
  - Public test data
level: medium
next: >-
  Close it; look at the database's own log of connections.
maps: {cis_alibaba: ['2.15']}
tests:
  positive:
    - {class: network_exposure, service: rds, outcome: success}
    - {class: network_exposure, service: redshift, outcome: success}
    - {class: network_exposure, service: polardb, outcome: success}
    - {class: network_exposure, service: dds, outcome: success}
    - {class: network_exposure, service: kvstore, outcome: success}
    - {class: network_exposure, service: cdb, outcome: success}
    - {class: network_exposure, service: postgres, outcome: success}
    - {class: network_exposure, service: mongodb, outcome: success}
    - {class: network_exposure, service: redis, outcome: success}
    - {class: network_exposure, service: cynosdb, outcome: success}
  negative:
    - {class: 'inferred:change', service: rds, outcome: success}
    - {class: network_exposure, service: ec2, outcome: success}
    - {class: network_exposure, service: rds, outcome: denied}
---
title: Settings of a database instance changed
id: f7efb1c2-e7e8-5cc5-a06e-52786f06d2cf
name: database_changed
status: test
description: >-
  Settings, accounts, address lists or backups of a database were changed.
author: Harrier
date: 2026-11-21
tags: [attack.impact, attack.t1565]
logsource: {product: cloud}
detection:
  selection:
    class: [database_change, network_exposure]
    service: [rds, redshift, polardb, dds, kvstore]
    outcome: success
  condition: selection
falsepositives:
  - Daily administration
level: informational
next: >-
  Compare with the change request.
maps: {cis_alibaba: ['2.15']}
tests:
  positive:
    - {class: database_change, service: rds, outcome: success}
    - {class: network_exposure, service: rds, outcome: success}
    - {class: database_change, service: redshift, outcome: success}
    - {class: database_change, service: polardb, outcome: success}
    - {class: database_change, service: dds, outcome: success}
    - {class: database_change, service: kvstore, outcome: success}
  negative:
    - {class: 'inferred:change', service: rds, outcome: success}
    - {class: database_change, service: ec2, outcome: success}
    - {class: database_change, service: rds, outcome: denied}
---
title: Domain name handed over
id: 0d894f48-df9b-53ad-8b48-a8f211e2c5be
name: domain_transfer
status: test
description: >-
  A domain was moved to another account or its lock was opened.
author: Harrier
date: 2026-11-21
tags: [attack.resource-development, attack.impact, attack.t1584.001]
logsource: {product: cloud}
detection:
  selection:
    action: [TransferDomain, TransferDomainToAnotherAwsAccount, DisableDomainTransferLock]
    outcome: success
  condition: selection
falsepositives:
  - Selling a domain
level: high
next: >-
  Stop the transfer at the registrar.
tests:
  positive:
    - {action: TransferDomain, outcome: success}
    - {action: TransferDomainToAnotherAwsAccount, outcome: success}
    - {action: DisableDomainTransferLock, outcome: success}
  negative:
    - {action: GetUser, outcome: success}
    - {action: TransferDomain, outcome: denied}

"""##),
    File(name: "sequences.yml", text: ##"""
title: Second factor refused again and again
id: 3e52cb6b-89e1-579c-b55c-ee7e1ee7afbf
name: login_mfa_burst
status: test
description: >-
  Somebody has the password and guesses, or wears the owner down with requests.
author: Harrier
date: 2026-11-21
tags: [attack.credential-access, attack.t1621]
correlation:
  type: event_count
  rules: [base_mfa_failure]
  group-by: [account, actor]
  timespan: 10m
  condition: {gte: 5}
falsepositives:
  - A phone whose clock is wrong
level: high
next: >-
  Lock the user's password, then ask the owner.
tests:
  positive:
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 5, every: '60s', outcome: failure, mfa: 'yes'}
  negative:
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 4, every: '60s', outcome: failure, mfa: 'yes'}
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 5, every: '200s', outcome: failure, mfa: 'yes'}
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 5, every: '60s', mfa: 'yes'}
---
title: Second factor accepted after refusals
id: 80f3f235-8b7f-5568-aa37-80ed6e66ae0b
name: login_mfa_worn_down
status: test
description: >-
  After several refusals in a row the second factor was accepted: the code was found or the owner gave in.
author: Harrier
date: 2026-11-21
tags: [attack.credential-access, attack.t1621]
correlation:
  type: temporal_ordered
  rules: [chain_mfa_failures, base_login_success]
  group-by: [account, actor]
  timespan: 30m
falsepositives:
  - A phone whose clock is wrong
level: high
next: >-
  End the session, then ask the owner.
tests:
  positive:
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 3, every: '60s', outcome: failure, mfa: 'yes'}
        - {at: '5m', service: signin, action: ConsoleLogin, mfa: 'yes'}
  negative:
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 2, every: '60s', outcome: failure, mfa: 'yes'}
        - {at: '5m', service: signin, action: ConsoleLogin, mfa: 'yes'}
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 3, every: '60s', outcome: failure, mfa: 'yes'}
        - {at: '5m', service: signin, action: ConsoleLogin, mfa: 'yes', actor: ben}
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, mfa: 'yes'}
        - {at: '1m', service: signin, action: ConsoleLogin, 'n': 3, every: '60s', outcome: failure, mfa: 'yes'}
---
title: Many failed sign-ins of one identity
id: b9858494-6c3d-56f7-9826-d51731628f5a
name: login_failures_actor
status: test
description: >-
  The password of one identity is being guessed.
author: Harrier
date: 2026-11-21
tags: [attack.credential-access, attack.t1110.001]
correlation:
  type: event_count
  rules: [base_login_failure]
  group-by: [account, actor]
  timespan: 15m
  condition: {gte: 8}
falsepositives:
  - 'A forgotten password, a program with an old one'
level: medium
next: >-
  Look where the attempts come from; see whether one succeeded.
maps: {cis_alibaba: ['2.19']}
tests:
  positive:
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 8, every: '60s', outcome: failure}
  negative:
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 7, every: '60s', outcome: failure}
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 8, every: '300s', outcome: failure}
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 8, every: '60s', outcome: failure, actor: 'user-#'}
---
title: Many failed sign-ins from one address
id: 664eeb38-c03d-55ba-84af-0d641cf2f10b
name: login_failures_address
status: test
description: >-
  One address fails to sign in again and again, under one name or several.
author: Harrier
date: 2026-11-21
tags: [attack.credential-access, attack.t1110]
correlation:
  type: event_count
  rules: [base_login_failure]
  group-by: [src_ip]
  timespan: 15m
  condition: {gte: 12}
falsepositives:
  - A shared office address on a bad day
level: medium
next: >-
  Block the address; see which names were tried.
maps: {cis_alibaba: ['2.19']}
tests:
  positive:
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 12, every: '60s', outcome: failure, src_ip: '203.0.113.5', actor: 'user-#'}
  negative:
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 11, every: '60s', outcome: failure, src_ip: '203.0.113.5'}
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 12, every: '60s', outcome: failure, src_ip: '203.0.113.#'}
---
title: One address tries many identities
id: e97aaacb-e971-50a6-a73c-5142535baa38
name: password_spraying
status: test
description: >-
  One or few passwords are tried on many identities from one address, so that no single one is locked.
author: Harrier
date: 2026-11-21
tags: [attack.credential-access, attack.t1110.003]
correlation:
  type: value_count
  rules: [base_login_failure]
  group-by: [src_ip]
  timespan: 30m
  condition: {field: actor, gte: 10}
falsepositives:
  - Many colleagues behind one address who mistype within half an hour
level: high
next: >-
  Block the address; renew the passwords of identities that it reached.
tests:
  positive:
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 10, every: '60s', outcome: failure, src_ip: '203.0.113.5', actor: 'user-#'}
  negative:
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 9, every: '60s', outcome: failure, src_ip: '203.0.113.5', actor: 'user-#'}
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 10, every: '60s', outcome: failure, src_ip: '203.0.113.5'}
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 10, every: '600s', outcome: failure, src_ip: '203.0.113.5', actor: 'user-#'}
---
title: Sign-in after many failures
id: 438419a4-4420-57c8-9f5d-c347c76fca65
name: login_success_after_failures
status: test
description: >-
  Guessing the password of this identity ended with a success.
author: Harrier
date: 2026-11-21
tags: [attack.credential-access, attack.initial-access, attack.t1110, attack.t1078.004]
correlation:
  type: temporal_ordered
  rules: [chain_login_failures, base_login_success]
  group-by: [account, actor]
  timespan: 1h
falsepositives:
  - A forgotten password that came back
level: high
next: >-
  End the session, then ask the owner.
tests:
  positive:
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 5, every: '60s', outcome: failure}
        - {at: '10m', service: signin, action: ConsoleLogin}
  negative:
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 4, every: '60s', outcome: failure}
        - {at: '10m', service: signin, action: ConsoleLogin}
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 5, every: '60s', outcome: failure}
        - {at: '3h', service: signin, action: ConsoleLogin}
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 5, every: '60s', outcome: failure}
        - {at: '10m', service: signin, action: ConsoleLogin, actor: ben}
---
title: Second factor exchanged
id: 81ae22f7-a512-52bd-a857-172024a1afcf
name: mfa_replaced
status: test
description: >-
  A second factor was taken away and another one bound within the hour.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1556.006, attack.t1098.005]
correlation:
  type: temporal_ordered
  rules: [base_mfa_removed, base_mfa_added]
  group-by: [account, target]
  timespan: 1h
falsepositives:
  - A new phone
level: low
next: >-
  Ask the owner of the identity.
tests:
  positive:
    - events:
        - {at: '0s', service: iam, action: DeactivateMFADevice, request: {userName: ben}}
        - {at: '5m', service: iam, action: EnableMFADevice, request: {userName: ben}}
  negative:
    - events:
        - {at: '0s', service: iam, action: EnableMFADevice, request: {userName: ben}}
        - {at: '5m', service: iam, action: DeactivateMFADevice, request: {userName: ben}}
    - events:
        - {at: '0s', service: iam, action: DeactivateMFADevice, request: {userName: ben}}
        - {at: '5m', service: iam, action: EnableMFADevice, request: {userName: cleo}}
    - events:
        - {at: '0s', service: iam, action: DeactivateMFADevice, request: {userName: ben}}
        - {at: '2h', service: iam, action: EnableMFADevice, request: {userName: ben}}
---
title: 'New second factor, then a role'
id: dce65ca4-7abe-543e-841f-aa2887d61c33
name: new_mfa_then_role
status: test
description: >-
  Somebody bound a new second factor and took a role right after. A stolen key becomes a session that counts as
  protected.
author: Harrier
date: 2026-11-21
tags: [attack.privilege-escalation, attack.persistence, attack.t1098.005, attack.t1550.001]
correlation:
  type: temporal_ordered
  rules: [base_mfa_added, base_session_minted]
  group-by: [account, actor]
  timespan: 30m
falsepositives:
  - A first day at work
level: medium
next: >-
  Ask the owner; unbind the device.
tests:
  positive:
    - events:
        - {at: '0s', service: iam, action: EnableMFADevice, request: {userName: ann}}
        - {at: '5m', service: sts, action: AssumeRole}
  negative:
    - events:
        - {at: '0s', service: iam, action: EnableMFADevice, request: {userName: ann}}
        - {at: '45m', service: sts, action: AssumeRole}
    - events:
        - {at: '0s', service: iam, action: EnableMFADevice, request: {userName: ann}}
        - {at: '5m', service: sts, action: AssumeRole, actor: ben}
---
title: New user becomes administrator with a credential
id: e13acaeb-eb0e-53d6-8de8-13b53f6c3887
name: new_administrator_with_credentials
status: test
description: >-
  A user was created, got administrator rights and a key or password, all within the hour: a second entrance.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1136.003, attack.t1098.003, attack.t1098.001]
correlation:
  type: temporal
  rules: [base_user_created, base_admin_attached, base_credential_made]
  group-by: [account, target]
  timespan: 1h
falsepositives:
  - Setting up the first administrator
level: high
next: >-
  Delete the user unless somebody can say who asked for it.
tests:
  positive:
    - events:
        - {at: '0s', service: iam, action: CreateUser, request: {userName: sys}}
        - {at: '1m', service: iam, action: AttachUserPolicy, request: {userName: sys, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess'}}
        - {at: '2m', service: iam, action: CreateLoginProfile, request: {userName: sys}}
  negative:
    - events:
        - {at: '0s', service: iam, action: CreateUser, request: {userName: sys}}
        - {at: '1m', service: iam, action: AttachUserPolicy, request: {userName: sys, policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess'}}
        - {at: '2m', service: iam, action: CreateLoginProfile, request: {userName: sys}}
    - events:
        - {at: '0s', service: iam, action: CreateUser, request: {userName: sys}}
        - {at: '1m', service: iam, action: AttachUserPolicy, request: {userName: sys, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess'}}
    - events:
        - {at: '0s', service: iam, action: CreateUser, request: {userName: sys}}
        - {at: '1m', service: iam, action: AttachUserPolicy, request: {userName: sys, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess'}}
        - {at: '3h', service: iam, action: CreateLoginProfile, request: {userName: sys}}
---
title: User created and deleted within the hour
id: 9027ca45-7a26-590c-acea-d847c7885e8c
name: short_lived_user
status: test
description: >-
  A user existed for minutes. Tests look like this, and so do intruders who tidy up.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.persistence, attack.t1136.003, attack.t1070]
correlation:
  type: temporal_ordered
  rules: [base_user_created, base_user_deleted]
  group-by: [account, target]
  timespan: 1h
falsepositives:
  - Automated tests
lowered-by: [automation]
level: low
next: >-
  See what the user did while it was there.
tests:
  positive:
    - events:
        - {at: '0s', service: iam, action: CreateUser, request: {userName: tmp}}
        - {at: '9m', service: iam, action: DeleteUser, request: {userName: tmp}}
  negative:
    - events:
        - {at: '0s', service: iam, action: CreateUser, request: {userName: tmp}}
        - {at: '9m', service: iam, action: DeleteUser, request: {userName: old}}
    - events:
        - {at: '0s', service: iam, action: CreateUser, request: {userName: tmp}}
        - {at: '5h', service: iam, action: DeleteUser, request: {userName: tmp}}
---
title: Rights given and taken back within the hour
id: dc4833cb-ec82-52f0-9153-3d011a45aefa
name: short_lived_rights
status: test
description: >-
  Somebody held rights for minutes. What was done meanwhile matters.
author: Harrier
date: 2026-11-21
tags: [attack.privilege-escalation, attack.t1098.003]
correlation:
  type: temporal_ordered
  rules: [base_rights_given, base_rights_taken]
  group-by: [account, target]
  timespan: 1h
falsepositives:
  - Rights on request
lowered-by: [automation]
level: low
next: >-
  List what the target did between the two.
tests:
  positive:
    - events:
        - {at: '0s', service: iam, action: AttachUserPolicy, request: {userName: ben, policyArn: p}}
        - {at: '9m', service: iam, action: DetachUserPolicy, request: {userName: ben, policyArn: p}}
  negative:
    - events:
        - {at: '0s', service: iam, action: DetachUserPolicy, request: {userName: ben, policyArn: p}}
        - {at: '9m', service: iam, action: AttachUserPolicy, request: {userName: ben, policyArn: p}}
    - events:
        - {at: '0s', service: iam, action: AttachUserPolicy, request: {userName: ben, policyArn: p}}
        - {at: '9m', service: iam, action: DetachUserPolicy, request: {userName: cleo, policyArn: p}}
---
title: New key tried out from another address
id: d50b783f-099f-545e-bb3e-02f97c08f9f5
name: new_key_used_elsewhere
status: test
description: >-
  A user made a key for somebody else at one address, and from another one it asked within the hour whose key it is: it was carried
  away.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.credential-access, attack.t1098.001]
correlation:
  type: temporal_ordered
  rules: [base_key_for_other, chain_key_two_addresses]
  group-by: [key]
  aliases:
    key: {base_key_for_other: minted_key, chain_key_two_addresses: key}
  timespan: 1h
falsepositives:
  - Keys that are made in the console and put on a server by hand
level: high
next: >-
  Deactivate the key; see who owns the second address.
tests:
  positive:
    - events:
        - {at: '0s', service: iam, action: CreateAccessKey, src_ip: '192.0.2.5', request: {userName: ben}, response: {accessKey: {accessKeyId: AKIANEW, userName: ben}}}
        - {at: '9m', service: sts, action: GetCallerIdentity, actor_key: AKIANEW, src_ip: '203.0.113.4', actor: ben}
  negative:
    - events:
        - {at: '0s', service: iam, action: CreateAccessKey, src_ip: '192.0.2.5', request: {userName: ben}, response: {accessKey: {accessKeyId: AKIANEW, userName: ben}}}
        - {at: '9m', service: sts, action: GetCallerIdentity, actor_key: AKIANEW, src_ip: '192.0.2.5', actor: ben}
    - events:
        - {at: '0s', service: iam, action: CreateAccessKey, src_ip: '192.0.2.5', request: {userName: ben}, response: {accessKey: {accessKeyId: AKIANEW, userName: ben}}}
        - {at: '9m', service: sts, action: GetCallerIdentity, actor_key: AKIAOLD, src_ip: '203.0.113.4', actor: ben}
    - events:
        - {at: '0s', service: iam, action: CreateAccessKey, src_ip: '192.0.2.5', request: {userName: ann}, response: {accessKey: {accessKeyId: AKIANEW, userName: ann}}}
        - {at: '9m', service: sts, action: GetCallerIdentity, actor_key: AKIANEW, src_ip: '203.0.113.4'}
    - events:
        - {at: '0s', service: iam, action: CreateAccessKey, actor_type: AssumedRole, src_ip: '192.0.2.5', request: {userName: ben}, response: {accessKey: {accessKeyId: AKIANEW, userName: ben}}}
        - {at: '9m', service: sts, action: GetCallerIdentity, actor_key: AKIANEW, src_ip: '203.0.113.4', actor: ben}
    - events:
        - {at: '0s', service: sts, action: GetCallerIdentity, actor_key: AKIANEW, src_ip: '192.0.2.5', actor: ben}
        - {at: '9m', service: sts, action: GetCallerIdentity, actor_key: AKIANEW, src_ip: '203.0.113.4', actor: ben}
---
title: Many different calls refused
id: cd27ac9f-584b-5a74-b26c-bdde151c5e4d
name: denied_probing
status: test
description: >-
  One identity was refused many different actions within minutes: somebody tries what the credential can do.
author: Harrier
date: 2026-11-21
tags: [attack.discovery, attack.t1580, attack.t1526]
correlation:
  type: value_count
  rules: [base_denied]
  group-by: [account, actor]
  timespan: 10m
  condition: {field: action, gte: 8}
falsepositives:
  - 'Security scanners with few rights, which belong on the list of automation'
lowered-by: [automation]
level: medium
next: >-
  Deactivate the credential; see which calls were not refused.
maps: {cis_alibaba: ['2.16']}
tests:
  positive:
    - events:
        - {at: '0s', service: iam, action: 'ListThing#', 'n': 8, every: '20s', outcome: denied}
  negative:
    - events:
        - {at: '0s', service: iam, action: 'ListThing#', 'n': 7, every: '20s', outcome: denied}
    - events:
        - {at: '0s', service: iam, action: ListThings, 'n': 20, every: '20s', outcome: denied}
    - events:
        - {at: '0s', service: iam, action: 'ListThing#', 'n': 8, every: '20s'}
    - events:
        - {at: '0s', service: iam, action: 'ListThing#', 'n': 8, every: '20s', outcome: denied, actor: sample-robot, src_ip: '192.0.2.5'}
---
title: Far more refusals than usual
id: a1cdc72b-0a3e-59bc-adad-516ccd2b116e
name: denied_surge
status: test
description: >-
  An identity was refused far more often within the hour than it ever is.
author: Harrier
date: 2026-11-21
tags: [attack.discovery, attack.t1580]
correlation:
  type: rate
  rules: [base_denied]
  group-by: [account, actor]
  timespan: 1h
  condition: {ratio: 5, floor: 15}
  learning: '7d'
falsepositives:
  - A right that was taken away by mistake
lowered-by: [automation]
level: medium
next: >-
  See since when and for which actions.
maps: {cis_alibaba: ['2.16']}
tests:
  positive:
    - events:
        - {at: '0s', service: iam, action: GetThing, 'n': 20, every: '12h', outcome: denied}
        - {at: '10d', service: iam, action: GetThing, 'n': 16, every: '60s', outcome: denied}
  negative:
    - events:
        - {at: '0s', service: iam, action: GetThing, 'n': 20, every: '12h', outcome: denied}
        - {at: '10d', service: iam, action: GetThing, 'n': 14, every: '60s', outcome: denied}
    - events:
        - {at: '0s', service: iam, action: GetThing, 'n': 16, every: '60s', outcome: denied}
---
title: Many errors of one key
id: 8093cad3-ca6c-52b8-99b0-2e51c7a037aa
name: errors_of_key
status: test
description: >-
  Calls with one access key went wrong many times within half an hour.
author: Harrier
date: 2026-11-21
tags: [attack.discovery, attack.t1580]
correlation:
  type: event_count
  rules: [base_failed_with_key]
  group-by: [actor_key]
  timespan: 30m
  condition: {gte: 30}
falsepositives:
  - A broken program
lowered-by: [automation]
level: low
next: >-
  Find the program that holds the key.
tests:
  positive:
    - events:
        - {at: '0s', service: iam, action: GetThing, 'n': 30, every: '30s', error_code: NoSuchEntity, actor_key: AKIAX}
  negative:
    - events:
        - {at: '0s', service: iam, action: GetThing, 'n': 29, every: '30s', error_code: NoSuchEntity, actor_key: AKIAX}
    - events:
        - {at: '0s', service: iam, action: GetThing, 'n': 30, every: '30s', error_code: NoSuchEntity, actor_key: 'AKIA#'}
---
title: Somebody looks at everything
id: f927b131-bb9c-542c-aa13-ae0e9b1de7d2
name: recon_burst
status: test
description: >-
  One identity asked for many different kinds of things within minutes.
author: Harrier
date: 2026-11-21
tags: [attack.discovery, attack.t1580, attack.t1526]
correlation:
  type: value_count
  rules: [base_looks_around]
  group-by: [account, actor]
  timespan: 10m
  condition: {field: action, gte: 12}
falsepositives:
  - 'Inventory tools, the console itself'
lowered-by: [automation]
level: low
next: >-
  See what it did afterwards.
tests:
  positive:
    - events:
        - {at: '0s', service: iam, action: ListUsers}
        - {at: '1s', service: iam, action: ListRoles}
        - {at: '2s', service: iam, action: ListGroups}
        - {at: '3s', service: iam, action: ListPolicies}
        - {at: '4s', service: iam, action: ListAccessKeys}
        - {at: '5s', service: iam, action: ListInstanceProfiles}
        - {at: '6s', service: iam, action: ListSAMLProviders}
        - {at: '7s', service: iam, action: ListVirtualMFADevices}
        - {at: '8s', service: iam, action: GetAccountSummary}
        - {at: '9s', service: iam, action: GetAccountPasswordPolicy}
        - {at: '10s', service: iam, action: ListUserPolicies}
        - {at: '11s', service: iam, action: ListRolePolicies}
  negative:
    - events:
        - {at: '0s', service: iam, action: ListUsers}
        - {at: '1s', service: iam, action: ListRoles}
        - {at: '2s', service: iam, action: ListGroups}
        - {at: '3s', service: iam, action: ListPolicies}
        - {at: '4s', service: iam, action: ListAccessKeys}
        - {at: '5s', service: iam, action: ListInstanceProfiles}
        - {at: '6s', service: iam, action: ListSAMLProviders}
        - {at: '7s', service: iam, action: ListVirtualMFADevices}
        - {at: '8s', service: iam, action: GetAccountSummary}
        - {at: '9s', service: iam, action: GetAccountPasswordPolicy}
        - {at: '10s', service: iam, action: ListUserPolicies}
    - events:
        - {at: '0s', service: iam, action: ListUsers, 'n': 20, every: '5s'}
---
title: 'Identities listed, then credentials or rights taken'
id: ccb8aee0-1547-54a3-9db0-022a41875c6f
name: enumeration_then_use
status: test
description: >-
  Somebody first listed users, keys or roles and then made a credential, gave rights or read a secret.
author: Harrier
date: 2026-11-21
tags: [attack.discovery, attack.persistence, attack.t1087.004, attack.t1098]
correlation:
  type: temporal_ordered
  rules: [chain_lists_identities, base_takes_hold]
  group-by: [account, actor]
  timespan: 30m
falsepositives:
  - Administrators in the console
level: low
next: >-
  Look at the whole session.
tests:
  positive:
    - events:
        - {at: '0s', service: iam, action: ListUsers}
        - {at: '1m', service: iam, action: ListAccessKeys}
        - {at: '3m', service: iam, action: CreateAccessKey, request: {userName: ben}}
  negative:
    - events:
        - {at: '0s', service: iam, action: ListUsers}
        - {at: '3m', service: iam, action: CreateAccessKey, request: {userName: ben}}
    - events:
        - {at: '0s', service: iam, action: CreateAccessKey, request: {userName: ben}}
        - {at: '1m', service: iam, action: ListUsers}
        - {at: '2m', service: iam, action: ListAccessKeys}
---
title: Many secrets read within minutes
id: 72e5c398-922a-5e93-b77a-c92772930ec0
name: secret_burst
status: test
description: >-
  One identity read, or tried to read, many secrets within ten minutes.
author: Harrier
date: 2026-11-21
tags: [attack.credential-access, attack.t1555.006]
correlation:
  type: event_count
  rules: [base_secret_read]
  group-by: [account, actor]
  timespan: 10m
  condition: {gte: 15}
falsepositives:
  - Programs that start and load their settings
lowered-by: [automation]
level: medium
next: >-
  List the secrets; renew them if it was not the program.
tests:
  positive:
    - events:
        - {at: '0s', service: secretsmanager, action: GetSecretValue, 'n': 15, every: '10s', request: {secretId: 's-#'}}
  negative:
    - events:
        - {at: '0s', service: secretsmanager, action: GetSecretValue, 'n': 14, every: '10s'}
    - events:
        - {at: '0s', service: secretsmanager, action: GetSecretValue, 'n': 15, every: '10s', actor: 'role-#'}
    - events:
        - {at: '0s', service: secretsmanager, action: GetSecretValue, 'n': 15, every: '120s'}
---
title: 'Names of secrets listed, then the secrets read'
id: c5e2a9d4-7f13-5c68-b0a4-3e96d1f8a27b
name: secrets_listed_then_read
status: test
description: >-
  A user asked which secrets there are and read several of them right after. Who needs a secret knows its name.
author: Harrier
date: 2026-11-21
tags: [attack.credential-access, attack.discovery, attack.t1555.006]
correlation:
  type: temporal_ordered
  rules: [base_lists_secrets, chain_reads_secrets]
  group-by: [account, actor]
  timespan: 30m
falsepositives:
  - An administrator who tidies up secrets by hand
lowered-by: [automation]
level: medium
next: >-
  List the secrets that were read; renew them if the person cannot say what for.
tests:
  positive:
    - events:
        - {at: '0s', service: ssm, action: DescribeParameters}
        - {at: '1m', service: ssm, action: GetParameters, request: {withDecryption: true}, 'n': 3, every: '10s'}
    - events:
        - {at: '0s', service: secretsmanager, action: ListSecrets}
        - {at: '1m', service: secretsmanager, action: GetSecretValue, 'n': 3, every: '10s', outcome: denied}
  negative:
    - events:
        - {at: '0s', service: ssm, action: DescribeParameters}
        - {at: '1m', service: ssm, action: GetParameters, request: {withDecryption: true}, 'n': 2, every: '10s'}
    - events:
        - {at: '0s', service: ssm, action: DescribeParameters, outcome: denied}
        - {at: '1m', service: ssm, action: GetParameters, request: {withDecryption: true}, 'n': 3, every: '10s'}
    - events:
        - {at: '0s', service: ssm, action: DescribeInstanceInformation}
        - {at: '1m', service: ssm, action: GetParameters, request: {withDecryption: true}, 'n': 3, every: '10s'}
    - events:
        - {at: '0s', service: ssm, action: GetParameters, request: {withDecryption: true}, 'n': 3, every: '10s'}
        - {at: '1m', service: ssm, action: DescribeParameters}
    - events:
        - {at: '0s', service: ssm, action: DescribeParameters, actor_type: AssumedRole}
        - {at: '1m', service: ssm, action: GetParameters, request: {withDecryption: true}, 'n': 3, every: '10s', actor_type: AssumedRole}
    - events:
        - {at: '0s', service: ssm, action: DescribeParameters}
        - {at: '1h', service: ssm, action: GetParameters, request: {withDecryption: true}, 'n': 3, every: '10s'}
---
title: Start scripts of many machines read
id: 7ba23373-60f3-53e9-883f-3171afdbb68d
name: start_script_burst
status: test
description: >-
  The start scripts of many machines were asked for within minutes, refused or not. They are read for the
  passwords in them.
author: Harrier
date: 2026-11-21
tags: [attack.discovery, attack.credential-access, attack.t1552.005]
correlation:
  type: event_count
  rules: [base_start_script_read]
  group-by: [account, actor]
  timespan: 10m
  condition: {gte: 8}
falsepositives:
  - Inventory tools
level: medium
next: >-
  See whether a call succeeded; renew what the scripts hold.
tests:
  positive:
    - events:
        - {at: '0s', service: ec2, action: DescribeInstanceAttribute, 'n': 8, every: '10s', request: {attribute: userData, instanceId: 'i-#'}}
  negative:
    - events:
        - {at: '0s', service: ec2, action: DescribeInstanceAttribute, 'n': 7, every: '10s', request: {attribute: userData, instanceId: 'i-#'}}
    - events:
        - {at: '0s', service: ec2, action: DescribeInstanceAttribute, 'n': 8, every: '10s', request: {attribute: kernel, instanceId: 'i-#'}}
---
title: 'Asks which machines take commands, then sends one'
id: 2419dc13-27d5-585d-9125-f5c758e48333
name: asks_which_listen_then_commands
status: test
description: >-
  Somebody found out which machines can be commanded through the provider, and did it.
author: Harrier
date: 2026-11-21
tags: [attack.execution, attack.discovery, attack.t1651, attack.t1580]
correlation:
  type: temporal_ordered
  rules: [base_asks_which_listen, base_command]
  group-by: [account, actor]
  timespan: 30m
falsepositives:
  - Administrators with command lines
level: medium
next: >-
  Read the command and its output.
tests:
  positive:
    - events:
        - {at: '0s', service: ssm, action: DescribeInstanceInformation}
        - {at: '2m', service: ssm, action: SendCommand}
  negative:
    - events:
        - {at: '0s', service: ssm, action: SendCommand}
        - {at: '2m', service: ssm, action: DescribeInstanceInformation}
    - events:
        - {at: '0s', service: ssm, action: DescribeInstanceInformation}
        - {at: '2m', service: ssm, action: SendCommand, actor: ben}
---
title: Copy of a disk made and shared at once
id: 74635ebf-a3db-562c-ad1c-6b555e4bdb94
name: copy_made_and_shared
status: test
description: >-
  A snapshot or image was made and shared within the hour: the data left the account.
author: Harrier
date: 2026-11-21
tags: [attack.exfiltration, attack.t1537, attack.t1578.001]
correlation:
  type: temporal_ordered
  rules: [base_copy_made, base_copy_shared]
  group-by: [account, actor]
  timespan: 1h
falsepositives:
  - Pipelines that build images for other accounts
level: high
next: >-
  Take the share back; check the account it went to.
tests:
  positive:
    - events:
        - {at: '0s', service: ec2, action: CreateSnapshot, request: {volumeId: vol-1}}
        - {at: '5m', service: ec2, action: ModifySnapshotAttribute, request: {snapshotId: snap-1, createVolumePermission: {add: {items: [{userId: '999900001111'}]}}}}
  negative:
    - events:
        - {at: '0s', service: ec2, action: CreateSnapshot, request: {volumeId: vol-1}}
        - {at: '5m', service: ec2, action: ModifySnapshotAttribute, request: {snapshotId: snap-1, createVolumePermission: {remove: {items: [{userId: '999900001111'}]}}}}
    - events:
        - {at: '0s', service: ec2, action: CreateSnapshot, request: {volumeId: vol-1}}
        - {at: '5h', service: ec2, action: ModifySnapshotAttribute, request: {snapshotId: snap-1, createVolumePermission: {add: {items: [{userId: '999900001111'}]}}}}
---
title: Many resources deleted within minutes
id: 8ee625c1-1655-5fd5-adac-98452f971082
name: mass_deletion
status: test
description: >-
  One identity deleted resources by the dozen.
author: Harrier
date: 2026-11-21
tags: [attack.impact, attack.t1485]
correlation:
  type: event_count
  rules: [base_deleted]
  group-by: [account, actor]
  timespan: 10m
  condition: {gte: 20}
falsepositives:
  - Taking down a test environment
lowered-by: [automation]
level: high
next: >-
  Stop the identity; see what can be restored.
tests:
  positive:
    - events:
        - {at: '0s', service: ec2, action: TerminateInstances, 'n': 20, every: '10s'}
  negative:
    - events:
        - {at: '0s', service: ec2, action: TerminateInstances, 'n': 19, every: '10s'}
    - events:
        - {at: '0s', service: ec2, action: TerminateInstances, 'n': 20, every: '60s'}
    - events:
        - {at: '0s', service: ec2, action: TerminateInstances, 'n': 20, every: '10s', actor: sample-robot, src_ip: '192.0.2.5'}
---
title: Backups or keys destroyed together with data
id: 7024fac3-e5d6-5f15-9d0d-3eec1c15ca26
name: ransom_pattern
status: test
description: >-
  The same identity took away what data could be restored with, and the data, within the hour.
author: Harrier
date: 2026-11-21
tags: [attack.impact, attack.t1485, attack.t1490]
correlation:
  type: temporal
  rules: [base_backup_destroyed, base_deleted]
  group-by: [account, actor]
  timespan: 1h
falsepositives:
  - Closing a project
level: high
next: >-
  Stop the identity at once; cancel deletions of keys.
tests:
  positive:
    - events:
        - {at: '0s', service: kms, action: ScheduleKeyDeletion}
        - {at: '9m', service: s3, action: DeleteBucket, request: {bucketName: b}}
  negative:
    - events:
        - {at: '0s', service: kms, action: ScheduleKeyDeletion}
        - {at: '5h', service: s3, action: DeleteBucket, request: {bucketName: b}}
    - events:
        - {at: '0s', service: kms, action: ScheduleKeyDeletion}
        - {at: '9m', service: s3, action: DeleteBucket, request: {bucketName: b}, actor: ben}
---
title: Logging stopped and not started again
id: 8d5246ab-c295-5891-a23a-c372e88867f2
name: logging_not_resumed
status: test
description: >-
  A trail was stopped, and half an hour later it was still off.
author: Harrier
date: 2026-11-21
tags: [attack.defense-evasion, attack.t1562.008]
correlation:
  type: never_used
  rules: [base_logging_stopped, base_logging_started]
  group-by: [account, target]
  timespan: 30m
falsepositives:
  - A trail that was replaced by another
level: high
next: >-
  Start it; look at the provider's own short history for what happened meanwhile.
tests:
  positive:
    - events:
        - {at: '0s', service: cloudtrail, action: StopLogging, request: {name: main}}
        - {at: '2h', action: Clock}
    - events:
        - {at: '0s', service: cloudtrail, action: StopLogging, request: {name: main}}
        - {at: '1h', service: cloudtrail, action: StartLogging, request: {name: main}}
  negative:
    - events:
        - {at: '0s', service: cloudtrail, action: StopLogging, request: {name: main}}
        - {at: '10m', service: cloudtrail, action: StartLogging, request: {name: main}}
        - {at: '2h', action: Clock}
---
title: Port for administration open to the internet for more than a day
id: 21608e28-4b52-54a1-8d1b-b441a3863d40
name: left_open
status: test
description: >-
  A rule that lets everybody in at a port for administration or data was still there a day later.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.defense-evasion, attack.t1133, attack.t1562.007]
correlation:
  type: never_used
  rules: [base_opened, base_closed]
  group-by: [account, target]
  timespan: 1d
falsepositives:
  - Honeypots
level: medium
next: >-
  Close it or have it approved.
tests:
  positive:
    - events:
        - {at: '0s', service: ec2, action: AuthorizeSecurityGroupIngress, request: {groupId: sg-1, cidrIp: '0.0.0.0/0', fromPort: 22}}
        - {at: '2d', action: Clock}
  negative:
    - events:
        - {at: '0s', service: ec2, action: AuthorizeSecurityGroupIngress, request: {groupId: sg-1, cidrIp: '0.0.0.0/0', fromPort: 443}}
        - {at: '2d', action: Clock}
    - events:
        - {at: '0s', service: ec2, action: AuthorizeSecurityGroupIngress, request: {groupId: sg-1, cidrIp: '0.0.0.0/0', fromPort: 22}}
        - {at: '5h', service: ec2, action: RevokeSecurityGroupIngress, request: {groupId: sg-1, cidrIp: '0.0.0.0/0'}}
        - {at: '2d', action: Clock}
---
title: Identity signs in from many addresses
id: 1fa53437-458b-50ca-b744-05b12247080e
name: session_signed_in_from_many
status: test
description: >-
  One identity signed in from many addresses within hours: it is shared, or somebody else has its password.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.t1078.004]
correlation:
  type: value_count
  rules: [base_login_success]
  group-by: [account, actor]
  timespan: 12h
  condition: {field: src_ip, gte: 4}
falsepositives:
  - Travel with a mobile network
level: low
next: >-
  Ask who uses it.
tests:
  positive:
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 4, every: '30m', src_ip: '203.0.113.#'}
  negative:
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 3, every: '30m', src_ip: '203.0.113.#'}
    - events:
        - {at: '0s', service: signin, action: ConsoleLogin, 'n': 9, every: '30m', src_ip: '203.0.113.9'}

"""##),
    File(name: "sign-in.yml", text: ##"""
title: Second factor refused at sign-in
id: 245d0d12-1778-5f63-b670-b869b239abac
name: login_mfa_failed
status: test
description: >-
  The password was right, or not asked for, and the second factor was wrong. Once is a typing error; in a row it
  is somebody who has the password.
author: Harrier
date: 2026-11-21
tags: [attack.credential-access, attack.t1621, attack.initial-access, attack.t1078.004]
unproven: [tencent]
logsource: {product: cloud}
detection:
  selection:
    class: login
    outcome: failure
  by_code:
    error_code|contains: MFA
  by_message:
    error_message|contains: MFA
  by_flag:
    mfa: 'yes'
  condition: selection and 1 of by_*
falsepositives:
  - A code that expired while it was typed
level: low
next: >-
  Look at the sign-ins of the same actor in the hour around it: harrier search 'class = login' for this actor.
tests:
  positive:
    - {class: login, outcome: failure, error_code: AuthFailure.MFAFailure}
    - {class: login, outcome: failure, error_message: wrong mfa code}
    - {class: login, outcome: failure, mfa: 'yes'}
  negative:
    - {class: login, outcome: failure, error_code: PasswordWrong, mfa: 'no'}
    - {class: login, outcome: success, mfa: 'yes'}
    - {class: session_token, outcome: failure, error_code: MFARequired}
---
title: Password sign-in without a second factor
id: c5688f93-58f4-55ce-9d57-36d31c5ff8a4
name: login_without_mfa
status: test
description: >-
  A user of the account signed in to the console with a password alone. Sign-ins through an identity provider
  are not meant: there the log cannot know.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.t1078.004]
logsource: {product: cloud}
detection:
  selection:
    class: login
    action: [ConsoleLogin, ConsoleSignin]
    outcome: success
    mfa: 'no'
    actor_type: user
  condition: selection
falsepositives:
  - Users who are allowed to sign in without a second factor until it is enrolled
level: low
next: >-
  Enforce a second factor for this user, then look at what the session did.
maps: {cis_alibaba: ['2.17']}
tests:
  positive:
    - {class: login, action: ConsoleLogin, outcome: success, mfa: 'no', actor_type: user}
    - {class: login, action: ConsoleSignin, outcome: success, mfa: 'no', actor_type: user}
  negative:
    - {class: 'inferred:change', action: ConsoleLogin, outcome: success, mfa: 'no', actor_type: user}
    - {class: login, action: GetUser, outcome: success, mfa: 'no', actor_type: user}
    - {class: login, action: ConsoleLogin, outcome: denied, mfa: 'no', actor_type: user}
    - {class: login, action: ConsoleLogin, outcome: success, mfa: unknown, actor_type: user}
    - {class: login, action: ConsoleLogin, outcome: success, mfa: 'no', actor_type: role}
---
title: Root or main account signed in
id: f3fd5008-4360-5430-a1e4-34332c4e4e37
name: root_login
status: test
description: >-
  The account's own identity, which no policy limits, signed in to the console. It is needed for very few
  things.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.t1078.004, attack.privilege-escalation]
logsource: {product: cloud}
detection:
  selection:
    class: login
    actor_type: root
    outcome: success
  condition: selection
falsepositives:
  - 'The few tasks that only the root identity can do, announced beforehand'
lowered-by: [approved_window]
level: medium
next: >-
  Compare with the approved windows; list what root did until it signed out.
maps: {cis_alibaba: ['2.18']}
tests:
  positive:
    - {class: login, actor_type: root, outcome: success}
  negative:
    - {class: 'inferred:change', actor_type: root, outcome: success}
    - {class: login, actor_type: user, outcome: success}
    - {class: login, actor_type: root, outcome: denied}
---
title: Root or main account signed in without a second factor
id: 5d0f6d42-c1e2-5fee-95c7-b2f0263879c7
name: root_login_without_mfa
status: test
description: >-
  The one identity that can do everything was reached with a password alone.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.t1078.004]
logsource: {product: cloud}
detection:
  selection:
    class: login
    actor_type: root
    outcome: success
    mfa: 'no'
  condition: selection
falsepositives:
  - None that should stay
level: high
next: >-
  Enrol a second factor for root now, change its password, and list everything it did since.
maps: {cis_alibaba: ['2.17', '2.18']}
tests:
  positive:
    - {class: login, actor_type: root, outcome: success, mfa: 'no'}
  negative:
    - {class: 'inferred:change', actor_type: root, outcome: success, mfa: 'no'}
    - {class: login, actor_type: user, outcome: success, mfa: 'no'}
    - {class: login, actor_type: root, outcome: denied, mfa: 'no'}
    - {class: login, actor_type: root, outcome: success, mfa: unknown}
---
title: Sign-in as root or main account refused
id: c82e4bfc-6d77-59ca-a5ea-18681b5331a8
name: root_login_failed
status: test
description: >-
  Somebody tried to sign in as the account itself and failed.
author: Harrier
date: 2026-11-21
tags: [attack.credential-access, attack.t1110]
unproven: [tencent]
logsource: {product: cloud}
detection:
  selection:
    class: login
    actor_type: root
    outcome: failure
  condition: selection
falsepositives:
  - A mistyped password of the owner
level: low
next: >-
  See whether other sign-ins from the same address failed too.
maps: {cis_alibaba: ['2.18', '2.19']}
tests:
  positive:
    - {class: login, actor_type: root, outcome: failure}
  negative:
    - {class: 'inferred:change', actor_type: root, outcome: failure}
    - {class: login, actor_type: user, outcome: failure}
    - {class: login, actor_type: root, outcome: success}
---
title: Root or main account changed something
id: 2c7087d1-5e15-5cdb-80cf-e760bee149f4
name: root_change
status: test
description: >-
  Root made a change itself instead of a role or user with fewer rights. The provider's own internal calls,
  which carry the root identity without a key and from no address, are left out.
author: Harrier
date: 2026-11-21
tags: [attack.privilege-escalation, attack.t1078.004]
logsource: {product: cloud}
detection:
  selection:
    actor_type: root
    rw: write
    outcome: success
    src_ip|exists: true
  sign_in:
    class: [login, logout]
  condition: selection and not sign_in
falsepositives:
  - 'Closing the account, changing the support plan, and the like'
level: high
next: >-
  Ask the owner; take the rights back to a role. Anything root created is suspect until explained.
maps: {cis_alibaba: ['2.18']}
tests:
  positive:
    - {actor_type: root, rw: write, outcome: success, src_ip: '192.0.2.7', class: identity_change}
  negative:
    - {actor_type: root, rw: write, outcome: success, src_ip: '192.0.2.7', class: login}
    - {actor_type: root, rw: write, outcome: success, src_ip: '192.0.2.7', class: logout}
    - {actor_type: user, rw: write, outcome: success, src_ip: '192.0.2.7', class: identity_change}
    - {actor_type: root, rw: read, outcome: success, src_ip: '192.0.2.7'}
    - {actor_type: root, rw: write, outcome: denied, src_ip: '192.0.2.7', class: identity_change}
    - {actor_type: root, rw: write, outcome: success, src_label: Internal, class: identity_change}
---
title: Access key of the root or main account used
id: 87b24df4-c3bf-5d86-a0b7-4d90e59007af
name: root_key_use
status: test
description: >-
  A long-lived key of the account itself was used. Such a key should not exist: it can do everything and is
  often found in code.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.t1078.004, attack.persistence]
logsource: {product: cloud}
detection:
  selection:
    actor_type: root
    actor_key|exists: true
  session:
    session_key|exists: true
  condition: selection and not session
falsepositives:
  - An old integration that nobody moved to a role
level: medium
next: >-
  Find what uses the key (user_agent, src_ip), move it to a role, delete the key.
maps: {cis_alibaba: ['2.18']}
tests:
  positive:
    - {actor_type: root, actor_key: AKIDEXAMPLE}
  negative:
    - {actor_type: user, actor_key: AKIDEXAMPLE}
    - {actor_type: root, action: Describe}
    - {actor_type: root, actor_key: ASIAEXAMPLE, session_key: ASIAEXAMPLE}
---
title: Root key calls an API that gives power
id: bdd96f9e-bb33-5a25-ac12-284ac8670208
name: root_key_high_risk
status: test
description: >-
  A long-lived key of the account itself did something an intruder would do first: made users or keys, changed
  rights, ran commands, read secrets, stopped logging, deleted.
author: Harrier
date: 2026-11-21
tags: [attack.privilege-escalation, attack.t1078.004]
logsource: {product: cloud}
detection:
  selection:
    actor_type: root
    actor_key|exists: true
    outcome: success
    class:
      - identity_change
      - credential_creation
      - policy_attachment
      - policy_change
      - role_trust
      - remote_execution
      - secret_read
      - logging_tamper
      - key_destruction
      - data_exposure
      - destructive
      - organization_change
      - session_token
  session:
    session_key|exists: true
  condition: selection and not session
falsepositives:
  - None that should stay
level: high
next: >-
  Treat the key as stolen until shown otherwise: deactivate it, then list all its calls.
maps: {tencent_csc: [root-key-high-risk-api]}
tests:
  positive:
    - {actor_type: root, actor_key: AKIDEXAMPLE, outcome: success, class: identity_change}
    - {actor_type: root, actor_key: AKIDEXAMPLE, outcome: success, class: credential_creation}
    - {actor_type: root, actor_key: AKIDEXAMPLE, outcome: success, class: policy_attachment}
    - {actor_type: root, actor_key: AKIDEXAMPLE, outcome: success, class: policy_change}
    - {actor_type: root, actor_key: AKIDEXAMPLE, outcome: success, class: role_trust}
    - {actor_type: root, actor_key: AKIDEXAMPLE, outcome: success, class: remote_execution}
    - {actor_type: root, actor_key: AKIDEXAMPLE, outcome: success, class: secret_read}
    - {actor_type: root, actor_key: AKIDEXAMPLE, outcome: success, class: logging_tamper}
    - {actor_type: root, actor_key: AKIDEXAMPLE, outcome: success, class: key_destruction}
    - {actor_type: root, actor_key: AKIDEXAMPLE, outcome: success, class: data_exposure}
    - {actor_type: root, actor_key: AKIDEXAMPLE, outcome: success, class: destructive}
    - {actor_type: root, actor_key: AKIDEXAMPLE, outcome: success, class: organization_change}
    - {actor_type: root, actor_key: AKIDEXAMPLE, outcome: success, class: session_token}
  negative:
    - {actor_type: user, actor_key: AKIDEXAMPLE, outcome: success, class: identity_change}
    - {actor_type: root, outcome: success, class: identity_change}
    - {actor_type: root, actor_key: AKIDEXAMPLE, outcome: denied, class: identity_change}
    - {actor_type: root, actor_key: AKIDEXAMPLE, outcome: success, class: discovery}
    - {actor_type: root, actor_key: ASIAEXAMPLE, session_key: ASIAEXAMPLE, outcome: success, class: identity_change}
---
title: Password of the root or main account reset
id: 080af50d-12c4-501f-aa2b-874bdae0ff94
name: root_password_reset
status: test
description: >-
  The recovery of the account's own password was asked for or completed. Whoever reads its mail can take the
  account this way.
author: Harrier
date: 2026-11-21
tags: [attack.credential-access, attack.t1098]
logsource: {product: cloud}
detection:
  selection:
    action: [PasswordRecoveryRequested, PasswordRecoveryCompleted, PasswordReset]
    class: credential_change
  condition: selection
falsepositives:
  - The owner forgot the password
level: high
next: >-
  Call the owner. Check the mailbox and the phone number of the account for changes.
tests:
  positive:
    - {action: PasswordRecoveryRequested, class: credential_change}
    - {action: PasswordRecoveryCompleted, class: credential_change}
    - {action: PasswordReset, class: credential_change}
  negative:
    - {action: GetUser, class: credential_change}
    - {action: PasswordRecoveryRequested, class: 'inferred:change'}
---
title: Second factor or login protection taken away
id: 54dc8434-9739-59d7-a222-30daccf62da1
name: login_protection_off
status: test
description: >-
  A device was unbound, deleted or switched off, or the setting that asks for a second factor was turned off.
  What switches protection on is not meant.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.defense-evasion, attack.t1556.006]
logsource: {product: cloud}
detection:
  selection:
    class: mfa_removal
    outcome: success
  condition: selection
falsepositives:
  - 'A lost phone, replaced on the same day'
level: medium
next: >-
  Ask whose device it was. Look for sign-ins of the target without a second factor afterwards.
tests:
  positive:
    - {class: mfa_removal, outcome: success}
    - {serviceName: Ram, acsRegion: cn-hangzhou, eventRW: Write, eventName: SetSecurityPreference, userIdentity: {type: ram-user, userName: ann}, requestParameters: {EnforceMFAForLogin: 'false'}}
    - {resourceType: cam, eventRegion: ap-guangzhou, actionType: Write, eventName: SetMfaFlag, errorCode: '0', apiErrorCode: 0, userIdentity: {type: CAMUser, userName: ann, secretId: ''}, requestParameters: '{"OpUin":100,"LoginFlag":{"Phone":0,"Stoken":0}}'}
  negative:
    - {class: mfa_change, outcome: success}
    - {class: mfa_removal, outcome: denied}
    - {serviceName: Ram, acsRegion: cn-hangzhou, eventRW: Write, eventName: SetSecurityPreference, userIdentity: {type: ram-user, userName: ann}, requestParameters: {EnforceMFAForLogin: 'true'}}
    - {resourceType: cam, eventRegion: ap-guangzhou, actionType: Write, eventName: SetMfaFlag, errorCode: '0', apiErrorCode: 0, userIdentity: {type: CAMUser, userName: ann, secretId: ''}, requestParameters: '{"OpUin":100,"LoginFlag":{"Phone":0,"Stoken":1}}'}
---
title: New second factor bound
id: a4907f61-6640-5c05-8e0a-a2656e517b22
name: mfa_enrolled
status: test
description: >-
  A second factor was enrolled. Ordinary on a first day; behind a stolen session it keeps the intruder in.
author: Harrier
date: 2026-11-21
tags: [attack.persistence, attack.t1098.005]
logsource: {product: cloud}
detection:
  selection:
    class: mfa_change
    outcome: success
  condition: selection
falsepositives:
  - 'Every new colleague, every new phone'
level: informational
next: >-
  See whether the owner of the identity did it, from a usual network.
tests:
  positive:
    - {class: mfa_change, outcome: success}
  negative:
    - {class: 'inferred:change', outcome: success}
    - {class: mfa_change, outcome: denied}
---
title: Password sign-in by somebody who should come through SSO
id: 2d6d18e2-220a-5d9c-80f5-c4a7d9f54f10
name: federated_password_login
status: test
description: >-
  A person of whom the configuration says that they only come through the identity provider signed in with a
  password of the account.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.t1078.004, attack.defense-evasion]
logsource: {product: cloud}
detection:
  selection:
    class: login
    login_method: password
    outcome: success
    actor|expand: '%sso_only_actors%'
  condition: selection
falsepositives:
  - A test of the emergency path
level: medium
next: >-
  Remove the password; see who set it.
tests:
  positive:
    - {class: login, login_method: password, outcome: success, actor: sample-sso-person}
  negative:
    - {class: 'inferred:change', login_method: password, outcome: success, actor: sample-sso-person}
    - {class: login, login_method: sso, outcome: success, actor: sample-sso-person}
    - {class: login, login_method: password, outcome: denied, actor: sample-sso-person}
    - {class: login, login_method: password, outcome: success, actor: nobody-special}
---
title: Break-glass identity in use
id: 8852fc1b-71e6-5bcd-af9a-a17bcac8b6e2
name: break_glass_used
status: test
description: >-
  An emergency identity did something. It has no daily work: each use is an announced drill, an emergency, or an
  intruder.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.t1078.004, attack.privilege-escalation]
logsource: {product: cloud}
detection:
  selection:
    actor|expand: '%break_glass_actors%'
  condition: selection
falsepositives:
  - A drill or an emergency within its approved window
level: low
next: >-
  Compare with the approved windows. Afterwards the credential is to be renewed, whoever it was.
tests:
  positive:
    - {actor: sample-break-glass, action: ListUsers}
  negative:
    - {actor: nobody-special, action: ListUsers}
---
title: Break-glass identity signed in without a second factor
id: 8d87fcb7-0cff-52b7-8aa2-1172b8c77aa6
name: break_glass_without_mfa
status: test
description: >-
  An emergency identity was opened with a password alone.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.t1078.004]
logsource: {product: cloud}
detection:
  selection:
    actor|expand: '%break_glass_actors%'
    class: login
    outcome: success
    mfa: 'no'
  condition: selection
falsepositives:
  - None that should stay
level: critical
next: >-
  Treat as an intrusion: end its sessions, renew the password, enrol a second factor.
tests:
  positive:
    - {actor: sample-break-glass, class: login, outcome: success, mfa: 'no'}
  negative:
    - {actor: nobody-special, class: login, outcome: success, mfa: 'no'}
    - {actor: sample-break-glass, class: 'inferred:change', outcome: success, mfa: 'no'}
    - {actor: sample-break-glass, class: login, outcome: denied, mfa: 'no'}
    - {actor: sample-break-glass, class: login, outcome: success, mfa: unknown}
---
title: Service identity signed in to the console
id: 6072d452-0fea-58e5-b7d2-4535b4b366fb
name: service_identity_login
status: test
description: >-
  An identity that belongs to a program opened the console. Programs do not; somebody uses its credentials.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.t1078.004]
logsource: {product: cloud}
detection:
  selection:
    class: login
    outcome: success
    actor|expand: '%service_actors%'
  condition: selection
falsepositives:
  - An engineer who sets up the integration
level: medium
next: >-
  Find out who, take the console access away, renew the credentials.
tests:
  positive:
    - {class: login, outcome: success, actor: sample-service}
  negative:
    - {class: 'inferred:change', outcome: success, actor: sample-service}
    - {class: login, outcome: denied, actor: sample-service}
    - {class: login, outcome: success, actor: nobody-special}
---
title: Sign-in from outside the trusted networks
id: 94fd546e-ad1e-5d13-a1df-3264a080f368
name: login_outside_trusted_networks
status: test
description: >-
  A successful sign-in of a user or of root from an address that is in none of the trusted networks.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.t1078.004]
logsource: {product: cloud}
detection:
  selection:
    class: login
    outcome: success
    src_ip|exists: true
  trusted:
    src_ip|expand|cidr: '%trusted_networks%'
  condition: selection and not trusted
falsepositives:
  - 'Travel, and work from home without the VPN'
level: low
next: >-
  Compare with the person's earlier sign-ins.
tests:
  positive:
    - {class: login, outcome: success, src_ip: '203.0.113.80'}
  negative:
    - {class: login, outcome: success, src_ip: '192.0.2.10'}
    - {class: session_token, outcome: success, src_ip: '203.0.113.80'}
    - {class: login, outcome: failure, src_ip: '203.0.113.80'}
    - {class: login, outcome: success, src_label: Internal}
---
title: Call from a blocked network
id: 050ab5e6-235b-5cd5-ab10-c63b3e0017cb
name: blocked_network
status: test
description: >-
  A call that was not refused came from a network on the blocked list (Tor exits, hosting companies that abuse
  comes from, earlier attackers).
author: Harrier
date: 2026-11-21
tags: [attack.command-and-control, attack.t1090.003]
logsource: {product: cloud}
detection:
  selection:
    src_ip|expand|cidr: '%blocked_networks%'
    outcome: success
  condition: selection
falsepositives:
  - An address that has changed hands since it was listed
level: high
next: >-
  Deactivate the credential that was used, then see what it reached.
maps: {tencent_csc: [suspicious-ip-high-risk-api]}
tests:
  positive:
    - {src_ip: '198.51.100.77', outcome: success}
  negative:
    - {src_ip: '203.0.113.9', outcome: success}
    - {src_ip: '198.51.100.77', outcome: denied}
---
title: Call from a country that is not expected
id: 9aa11e77-9d4f-5ccd-bdae-466be2ccb78f
name: unexpected_country
status: test
description: >-
  The address lies in a country that is not on the list of allowed ones. Needs a location database.
author: Harrier
date: 2026-11-21
tags: [attack.initial-access, attack.t1078.004]
logsource: {product: cloud}
detection:
  selection:
    src_country|exists: true
    outcome: success
  allowed:
    src_country|expand: '%allowed_countries%'
  condition: selection and not allowed
falsepositives:
  - Business travel
level: medium
next: >-
  Ask the person; see whether the same credential is in use elsewhere at the same time.
tests:
  positive:
    - {src_country: AQ, outcome: success}
  negative:
    - {src_country: DE, outcome: success}
    - {outcome: success, action: GetUser}
    - {src_country: AQ, outcome: denied}
---
title: Client runs on a distribution made for attacks
id: 5d360a72-93fc-5cce-a581-e888de29f3e3
name: hacking_distribution
status: test
description: >-
  The user agent names an operating system that comes with attack tools. Few production systems run on one.
author: Harrier
date: 2026-11-21
tags: [attack.execution, attack.t1204]
logsource: {product: cloud}
detection:
  selection:
    user_agent|contains: [kali, parrot, pentoo, blackarch]
  condition: selection
falsepositives:
  - Penetration testers under contract
level: high
next: >-
  Ask whether a test is going on; if not, deactivate the credential.
tests:
  positive:
    - {user_agent: a kali b}
    - {user_agent: a parrot b}
    - {user_agent: a pentoo b}
    - {user_agent: a blackarch b}
    - {user_agent: aws-cli/2.15 Python/3.11 Linux/6.6.9-kali1-amd64}
  negative:
    - {user_agent: curl/8.5.0}
    - {user_agent: aws-cli/2.15 Linux/6.6.9-amd64}
---
title: Client names a tool that attackers like
id: 5424d6e0-0264-5a80-ad26-40665d41a6ba
name: attack_tool_agent
status: test
description: >-
  The user agent names a program for finding secrets or weak spots in accounts. Defenders use some of them too.
author: Harrier
date: 2026-11-21
tags: [attack.discovery, attack.t1580]
logsource: {product: cloud}
detection:
  selection:
    user_agent|contains: [trufflehog, pacu, cloudfox, scoutsuite, cloudsplaining, s3browser, gitleaks]
  condition: selection
falsepositives:
  - Own security checks
level: medium
next: >-
  Find out who ran it; a secret scanner that works with a key has found that key somewhere.
tests:
  positive:
    - {user_agent: a trufflehog b}
    - {user_agent: a pacu b}
    - {user_agent: a cloudfox b}
    - {user_agent: a scoutsuite b}
    - {user_agent: a cloudsplaining b}
    - {user_agent: a s3browser b}
    - {user_agent: a gitleaks b}
  negative:
    - {user_agent: curl/8.5.0}
---
title: Change by nobody
id: 87a11489-0a7d-5466-b4a0-1b93311c0bf1
name: anonymous_change
status: test
description: >-
  A change was made without any identity: the resource is writable for everybody.
author: Harrier
date: 2026-11-21
tags: [attack.impact, attack.t1565]
logsource: {product: cloud}
detection:
  selection:
    actor_type: anonymous
    rw: write
    outcome: success
  condition: selection
falsepositives:
  - 'A public upload form, on purpose'
level: medium
next: >-
  Close the resource's policy; see what else was written.
tests:
  positive:
    - {actor_type: anonymous, rw: write, outcome: success}
  negative:
    - {actor_type: role, rw: write, outcome: success}
    - {actor_type: anonymous, rw: read, outcome: success}
    - {actor_type: anonymous, rw: write, outcome: denied}

"""##),
  ]
}
