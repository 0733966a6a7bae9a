-- a library as the program of schema 9 wrote it; its cases are tests/cases.py's
PRAGMA application_id=1182091361;
PRAGMA user_version=9;
BEGIN TRANSACTION;
CREATE TABLE "assignment" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "letter_id" INTEGER NOT NULL,
        "key" VARCHAR(255) NOT NULL,
        "position" INTEGER NOT NULL,
        "unit" TEXT NOT NULL,
        "role" VARCHAR(255) NOT NULL,
        "contact" TEXT NOT NULL,
        "due_on" DATE,
        "sent_on" DATE,
        "returned_on" DATE,
        FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE
    );
INSERT INTO "assignment" VALUES(1,1,'xfpstbs5',0,'区财政局','co_handling','王敏 8000-0001','2025-10-08','2025-09-08','2025-09-30');
INSERT INTO "assignment" VALUES(2,1,'hxyx92am',1,'区城市管理和综合执法局','co_handling','',NULL,NULL,NULL);
CREATE TABLE "assignmentsuggestion" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "assignment_id" INTEGER NOT NULL,
        "suggestion_id" INTEGER NOT NULL,
        "position" INTEGER NOT NULL,
        FOREIGN KEY ("assignment_id") REFERENCES "assignment" ("id") ON DELETE CASCADE,
        FOREIGN KEY ("suggestion_id") REFERENCES "suggestion" ("id") ON DELETE CASCADE
    );
INSERT INTO "assignmentsuggestion" VALUES(1,1,1,0);
INSERT INTO "assignmentsuggestion" VALUES(2,1,2,1);
CREATE TABLE "export" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "letter_id" INTEGER NOT NULL,
        "revision_id" INTEGER NOT NULL,
        "made_at" DATETIME NOT NULL,
        "file_name" TEXT NOT NULL,
        "final" INTEGER NOT NULL,
        FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE,
        FOREIGN KEY ("revision_id") REFERENCES "revision" ("id")
    );
INSERT INTO "export" VALUES(1,2,4,'2026-11-21 12:09:39.609789','关于第2025119号提案的答复.docx',1);
CREATE TABLE "exportedreply" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "export_id" INTEGER NOT NULL,
        "reply_key" VARCHAR(255) NOT NULL,
        "sha256" VARCHAR(255) NOT NULL,
        FOREIGN KEY ("export_id") REFERENCES "export" ("id") ON DELETE CASCADE
    );
INSERT INTO "exportedreply" VALUES(1,1,'y4uphj6g','afd6b88ef4679d018522b2347625bb1e0ddf800f91c11aef85fcccecda529d92');
INSERT INTO "exportedreply" VALUES(2,1,'rhpsevax','afd6b88ef4679d018522b2347625bb1e0ddf800f91c11aef85fcccecda529d92');
INSERT INTO "exportedreply" VALUES(3,1,'aue5zf7i','f7f0eed75c15a313ca031ad74a3c262cf03987696feb47f2932ede735e0ace0f');
CREATE TABLE "letter" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "key" VARCHAR(255) NOT NULL,
        "kind" VARCHAR(255) NOT NULL,
        "form" VARCHAR(255) NOT NULL,
        "wording" VARCHAR(255) NOT NULL,
        "head" VARCHAR(255) NOT NULL,
        "layout" VARCHAR(255) NOT NULL,
        "sealed" INTEGER NOT NULL,
        "office_id" INTEGER NOT NULL,
        "lead_unit" TEXT NOT NULL,
        "category_scheme" VARCHAR(255),
        "category_grade" VARCHAR(255),
        "disclosure_kind" VARCHAR(255),
        "disclosure_reason" TEXT NOT NULL,
        "issued_on" DATE,
        "issued_by" TEXT NOT NULL, "deleted_at" DATETIME, "changed" INTEGER NOT NULL DEFAULT 0,
        FOREIGN KEY ("office_id") REFERENCES "office" ("id") ON DELETE RESTRICT
    );
INSERT INTO "letter" VALUES(1,'frimbsf9','reply','narrative','house','letter','nominal',1,1,'区城管局','shenzhen','B','closed','涉及企业信息',NULL,'',NULL,9);
INSERT INTO "letter" VALUES(2,'pihzp9bk','reply','narrative','house','plain','nominal',1,2,'',NULL,NULL,NULL,'','2025-09-05','',NULL,0);
INSERT INTO "letter" VALUES(3,'x5tudta6','reply','narrative','house','letter','nominal',1,2,'',NULL,NULL,NULL,'',NULL,'','2026-11-21 12:09:39.623700',0);
CREATE TABLE "letterfield" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "letter_id" INTEGER NOT NULL,
        "name" VARCHAR(255) NOT NULL,
        "state" VARCHAR(255) NOT NULL,
        "text" TEXT NOT NULL,
        FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE
    );
INSERT INTO "letterfield" VALUES(1,1,'document_number','own','某更提函〔2025〕18号');
INSERT INTO "letterfield" VALUES(2,1,'opening','own','你们的提案收到了。
经研究，现答复如下：');
INSERT INTO "letterfield" VALUES(3,1,'attachments','own','口袋公园台账
管护责任书（样式）');
INSERT INTO "letterfield" VALUES(4,1,'copies','own','区政协提案委员会，区城市管理和综合执法局');
INSERT INTO "letterfield" VALUES(5,2,'attachments','absent','');
INSERT INTO "letterfield" VALUES(6,2,'contact','absent','');
INSERT INTO "letterfield" VALUES(7,2,'copies','absent','');
INSERT INTO "letterfield" VALUES(8,2,'document_number','composed','某更提函〔2025〕　号');
INSERT INTO "letterfield" VALUES(9,2,'title','composed','某某市某某区城市更新局关于某某区政协七届二次会议第2025119号提案的答复');
INSERT INTO "letterfield" VALUES(10,2,'salutation','composed','尊敬的周明远委员：');
INSERT INTO "letterfield" VALUES(11,2,'opening','composed','某某区政协七届二次会议第2025119号提案《关于规范电动自行车充电的建议》收悉。我局会同有关单位进行了认真研究，现将提案的办理情况答复如下：');
INSERT INTO "letterfield" VALUES(12,2,'closing','composed','感谢您对我局工作的关心和支持，欢迎继续提出宝贵意见和建议。');
INSERT INTO "letterfield" VALUES(13,2,'signature','composed','某某市某某区城市更新局');
INSERT INTO "letterfield" VALUES(14,2,'date','composed','2025年9月5日');
INSERT INTO "letterfield" VALUES(15,3,'attachments','absent','');
INSERT INTO "letterfield" VALUES(16,3,'contact','absent','');
INSERT INTO "letterfield" VALUES(17,3,'copies','absent','');
CREATE TABLE "letterproposal" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "letter_id" INTEGER NOT NULL,
        "proposal_id" INTEGER NOT NULL,
        "position" INTEGER NOT NULL,
        FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE,
        FOREIGN KEY ("proposal_id") REFERENCES "proposal" ("id") ON DELETE RESTRICT
    );
INSERT INTO "letterproposal" VALUES(1,1,1,0);
INSERT INTO "letterproposal" VALUES(2,2,2,0);
INSERT INTO "letterproposal" VALUES(3,3,3,0);
CREATE TABLE "library" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "key" VARCHAR(255) NOT NULL,
        "commits" INTEGER NOT NULL
    );
INSERT INTO "library" VALUES(1,'939f348088e09723',11);
CREATE TABLE "note" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "letter_id" INTEGER NOT NULL,
        "key" VARCHAR(255) NOT NULL,
        "position" INTEGER NOT NULL,
        "place" VARCHAR(255) NOT NULL,
        "text" TEXT NOT NULL,
        "author" TEXT NOT NULL,
        "at" VARCHAR(255) NOT NULL,
        "quoted" TEXT NOT NULL,
        "done" INTEGER NOT NULL,
        FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE
    );
INSERT INTO "note" VALUES(1,1,'dtbbbgjx',0,'eway7csx','经费分档的依据
请补充。','王科长','2025-11-03T09:15:00','三档',1);
INSERT INTO "note" VALUES(2,1,'drv5qc4h',1,'','全文请再通读。','','','',0);
CREATE TABLE "office" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "full_name" TEXT NOT NULL,
        "short_name" TEXT NOT NULL,
        "own_word" TEXT NOT NULL,
        "region_word" TEXT NOT NULL,
        "document_prefix" TEXT NOT NULL,
        "contact_name" TEXT NOT NULL,
        "contact_phone" TEXT NOT NULL
    , "ours" INTEGER NOT NULL DEFAULT 0);
INSERT INTO "office" VALUES(1,'某某市某某区城市更新局','区更新局','我局','我区','某更提函','李文','0000-1234567',0);
INSERT INTO "office" VALUES(2,'某某市某某区城市更新局','区更新局','我局','我区','某更提函','','',0);
CREATE TABLE "paragraph" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "reply_id" INTEGER NOT NULL,
        "key" VARCHAR(255) NOT NULL,
        "position" INTEGER NOT NULL,
        "text" TEXT NOT NULL,
        "outcome" VARCHAR(255),
        "runs_on" INTEGER NOT NULL,
        "level" INTEGER NOT NULL,
        FOREIGN KEY ("reply_id") REFERENCES "reply" ("id") ON DELETE CASCADE
    );
INSERT INTO "paragraph" VALUES(1,1,'uz3fjh9y',0,'1、经费方面','done',0,1);
INSERT INTO "paragraph" VALUES(2,1,'hfj9eaht',1,'已按三档核定经费，','done',0,0);
INSERT INTO "paragraph" VALUES(3,1,'j27nxw4n',2,'样本公园的游人计数正在进行，','under_way',1,0);
INSERT INTO "paragraph" VALUES(4,1,'nebq8knw',3,'结果明年一季度报审。','pending',1,0);
INSERT INTO "paragraph" VALUES(5,1,'zvjdtvvc',4,'（一）移交','under_way',0,2);
INSERT INTO "paragraph" VALUES(6,1,'t43zqb3n',5,'移交办法正在征求意见，详见〔2025〕4号文。','under_way',0,0);
INSERT INTO "paragraph" VALUES(7,1,'d3mva4sp',6,'全天开放一项不具备条件，暂不能实施。','not_adopted',0,0);
INSERT INTO "paragraph" VALUES(8,3,'qeffaqya',0,'我区正按绿地面积与日均人流分三档测算管护经费。','done',0,0);
INSERT INTO "paragraph" VALUES(9,3,'ynq3dhkb',1,'明年继续落实。','pending',0,0);
INSERT INTO "paragraph" VALUES(10,4,'hwmnman9',0,'以上各项由我局牵头落实。',NULL,0,0);
INSERT INTO "paragraph" VALUES(11,5,'e3tekim4',0,'我区正按绿地面积与日均人流分三档测算管护经费。','done',0,0);
INSERT INTO "paragraph" VALUES(12,5,'pqqbzfji',1,'明年继续落实。','pending',0,0);
INSERT INTO "paragraph" VALUES(13,6,'twjkrdm7',0,'我区正按绿地面积与日均人流分三档测算管护经费。','done',0,0);
INSERT INTO "paragraph" VALUES(14,6,'s2qu7jxn',1,'明年继续落实。','pending',0,0);
INSERT INTO "paragraph" VALUES(15,7,'ka4fmtf4',0,'以上各项由我局牵头落实。',NULL,0,0);
INSERT INTO "paragraph" VALUES(16,8,'n2c7fyv8',0,'我区正按绿地面积与日均人流分三档测算管护经费。','done',0,0);
INSERT INTO "paragraph" VALUES(17,8,'y8f88j5i',1,'明年继续落实。','pending',0,0);
INSERT INTO "paragraph" VALUES(18,9,'i86hwvh2',0,'我区正按绿地面积与日均人流分三档测算管护经费。','done',0,0);
INSERT INTO "paragraph" VALUES(19,9,'s9hfahfw',1,'明年继续落实。','pending',0,0);
INSERT INTO "paragraph" VALUES(20,10,'t4y5n38s',0,'以上各项由我局牵头落实。',NULL,0,0);
CREATE TABLE "proposal" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "key" VARCHAR(255) NOT NULL,
        "kind" VARCHAR(255) NOT NULL,
        "proposal_number" VARCHAR(255) NOT NULL,
        "session" TEXT NOT NULL,
        "subject" TEXT NOT NULL
    , "original" TEXT NOT NULL DEFAULT '');
INSERT INTO "proposal" VALUES(1,'ev4fma7x','cppcc','2025118','某某区政协七届二次会议','关于完善口袋公园管护机制的建议','关于口袋公园的提案
𠮷日先生，电话13800138000。
1.第1条建议的内容。
具体的说明。
2.第2条建议的内容。
第一段说明。
第二段说明，接着说。
3.第3条建议的内容。
4.第4条建议的内容。
具体的说明。
');
INSERT INTO "proposal" VALUES(2,'uaa4mi84','cppcc','2025119','某某区政协七届二次会议','关于规范电动自行车充电的建议','');
INSERT INTO "proposal" VALUES(3,'i6bnnez7','cppcc','2025120','某某区政协七届二次会议','关于增设社区早餐点的建议','');
CREATE TABLE "proposer" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "proposal_id" INTEGER NOT NULL,
        "position" INTEGER NOT NULL,
        "name" TEXT NOT NULL,
        "body" INTEGER NOT NULL,
        FOREIGN KEY ("proposal_id") REFERENCES "proposal" ("id") ON DELETE CASCADE
    );
INSERT INTO "proposer" VALUES(1,1,0,'周明远',0);
INSERT INTO "proposer" VALUES(2,1,1,'何静',0);
INSERT INTO "proposer" VALUES(3,1,2,'阿依曼·塔合尔',0);
INSERT INTO "proposer" VALUES(4,1,3,'民进某某区总支',1);
INSERT INTO "proposer" VALUES(5,2,0,'周明远',0);
INSERT INTO "proposer" VALUES(6,3,0,'周明远',0);
CREATE TABLE "reply" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "letter_id" INTEGER NOT NULL,
        "key" VARCHAR(255) NOT NULL,
        "position" INTEGER NOT NULL,
        FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE
    );
INSERT INTO "reply" VALUES(1,1,'eway7csx',0);
INSERT INTO "reply" VALUES(2,1,'yjd3pndt',1);
INSERT INTO "reply" VALUES(3,1,'wtnaq35u',2);
INSERT INTO "reply" VALUES(4,1,'pzrsc62w',3);
INSERT INTO "reply" VALUES(5,2,'y4uphj6g',0);
INSERT INTO "reply" VALUES(6,2,'rhpsevax',1);
INSERT INTO "reply" VALUES(7,2,'aue5zf7i',2);
INSERT INTO "reply" VALUES(8,3,'g7md2dsu',0);
INSERT INTO "reply" VALUES(9,3,'rg4xwdx4',1);
INSERT INTO "reply" VALUES(10,3,'t5jc4ezs',2);
CREATE TABLE "replysuggestion" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "reply_id" INTEGER NOT NULL,
        "suggestion_id" INTEGER NOT NULL,
        "position" INTEGER NOT NULL,
        FOREIGN KEY ("reply_id") REFERENCES "reply" ("id") ON DELETE CASCADE,
        FOREIGN KEY ("suggestion_id") REFERENCES "suggestion" ("id") ON DELETE CASCADE
    );
INSERT INTO "replysuggestion" VALUES(1,1,1,0);
INSERT INTO "replysuggestion" VALUES(2,1,2,1);
INSERT INTO "replysuggestion" VALUES(3,2,3,0);
INSERT INTO "replysuggestion" VALUES(4,3,4,0);
INSERT INTO "replysuggestion" VALUES(5,5,5,0);
INSERT INTO "replysuggestion" VALUES(6,6,6,0);
INSERT INTO "replysuggestion" VALUES(7,8,7,0);
INSERT INTO "replysuggestion" VALUES(8,9,8,0);
CREATE TABLE "returned" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "letter_id" INTEGER NOT NULL,
        "export_id" INTEGER,
        "received_at" DATETIME NOT NULL,
        "sha256" VARCHAR(255) NOT NULL,
        "file_name" TEXT NOT NULL,
        "author" TEXT NOT NULL,
        FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE,
        FOREIGN KEY ("export_id") REFERENCES "export" ("id") ON DELETE SET NULL
    );
INSERT INTO "returned" VALUES(1,1,NULL,'2026-11-21 15:50:29.449378','afd6b88ef4679d018522b2347625bb1e0ddf800f91c11aef85fcccecda529d92','区财政局 反馈.docx','王敏');
INSERT INTO "returned" VALUES(2,2,1,'2026-11-21 15:50:29.453207','f7f0eed75c15a313ca031ad74a3c262cf03987696feb47f2932ede735e0ace0f','答复 王改.docx','王科长');
CREATE TABLE "reuse" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "letter_id" INTEGER NOT NULL,
        "paragraph" VARCHAR(255) NOT NULL,
        "source" TEXT NOT NULL,
        "outcome" VARCHAR(255),
        "words" TEXT NOT NULL,
        FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE
    );
INSERT INTO "reuse" VALUES(1,1,'uz3fjh9y','引自第2023118号（2023年）','done','[["2023年", 1, "DATE"]]');
CREATE TABLE "revision" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "letter_id" INTEGER NOT NULL,
        "made_at" DATETIME NOT NULL,
        "reason" VARCHAR(255) NOT NULL,
        "case_file" TEXT NOT NULL,
        "sha256" VARCHAR(255) NOT NULL, "name" TEXT NOT NULL DEFAULT '',
        FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE
    );
INSERT INTO "revision" VALUES(1,1,'2026-11-21 12:09:39.559738','import','{"format":"fuhan-case","version":1,"case":{"key":"frimbsf9","kind":"reply","form":"narrative","wording":"house","head":"letter","layout":"nominal","sealed":true,"office":{"full_name":"某某市某某区城市更新局","short_name":"区更新局","own_word":"我局","region_word":"我区","document_prefix":"某更提函","contact_name":"李文","contact_phone":"0000-1234567"},"lead_unit":"","category":{"scheme":"shenzhen","grade":"B"},"disclosure":{"kind":"closed","reason":"涉及企业信息"},"issue":null,"fields":{"document_number":{"state":"own","text":"某更提函〔2025〕18号"},"title":{"state":"composed","text":""},"salutation":{"state":"composed","text":""},"opening":{"state":"own","text":"你们的提案收到了。\n经研究，现答复如下："},"closing":{"state":"composed","text":""},"attachments":{"state":"own","text":"口袋公园台账\n管护责任书（样式）"},"signature":{"state":"composed","text":""},"date":{"state":"composed","text":""},"contact":{"state":"composed","text":""},"copies":{"state":"own","text":"区政协提案委员会，区城市管理和综合执法局"}},"proposals":[{"key":"ev4fma7x","kind":"cppcc","proposal_number":"2025118","session":"某某区政协七届二次会议","subject":"关于完善口袋公园管护机制的建议","proposers":[{"name":"周明远","body":false},{"name":"何静","body":false},{"name":"阿依曼·塔合尔","body":false},{"name":"民进某某区总支","body":true}],"suggestions":[{"key":"vxefaxbu","label":"1","text":"第1条建议的内容。","elaboration":"具体的说明。"},{"key":"p3huv8un","label":"2","text":"第2条建议的内容。","elaboration":"第一段说明。\n第二段说明，接着说。"},{"key":"ta2v2kq4","label":"3","text":"第3条建议的内容。","elaboration":""},{"key":"y67mhhb7","label":"4","text":"第4条建议的内容。","elaboration":"具体的说明。"}]}],"replies":[{"key":"eway7csx","suggestions":["vxefaxbu","p3huv8un"],"paragraphs":[{"key":"uz3fjh9y","text":"1、经费方面","outcome":"done","runs_on":false,"level":1},{"key":"hfj9eaht","text":"已按三档核定经费，","outcome":"done","runs_on":false,"level":0},{"key":"j27nxw4n","text":"样本公园的游人计数正在进行，","outcome":"under_way","runs_on":true,"level":0},{"key":"nebq8knw","text":"结果明年一季度报审。","outcome":"pending","runs_on":true,"level":0},{"key":"zvjdtvvc","text":"（一）移交","outcome":"under_way","runs_on":false,"level":2},{"key":"t43zqb3n","text":"移交办法正在征求意见，详见〔2025〕4号文。","outcome":"under_way","runs_on":false,"level":0},{"key":"d3mva4sp","text":"全天开放一项不具备条件，暂不能实施。","outcome":"not_adopted","runs_on":false,"level":0}]},{"key":"yjd3pndt","suggestions":["ta2v2kq4"],"paragraphs":[]},{"key":"wtnaq35u","suggestions":["y67mhhb7"],"paragraphs":[{"key":"qeffaqya","text":"我区正按绿地面积与日均人流分三档测算管护经费。","outcome":"done","runs_on":false,"level":0},{"key":"ynq3dhkb","text":"明年继续落实。","outcome":"pending","runs_on":false,"level":0}]},{"key":"pzrsc62w","suggestions":[],"paragraphs":[{"key":"hwmnman9","text":"以上各项由我局牵头落实。","outcome":null,"runs_on":false,"level":0}]}]}}','086d46981e74ca4b3ead2b199fc4377fc484e6fe53f685b352887fbfa974e0a4','');
INSERT INTO "revision" VALUES(2,1,'2026-11-21 12:09:39.571475','manual','{"format":"fuhan-case","version":1,"case":{"key":"frimbsf9","kind":"reply","form":"narrative","wording":"house","head":"letter","layout":"nominal","sealed":true,"office":{"full_name":"某某市某某区城市更新局","short_name":"区更新局","own_word":"我局","region_word":"我区","document_prefix":"某更提函","contact_name":"李文","contact_phone":"0000-1234567"},"lead_unit":"区城管局","category":{"scheme":"shenzhen","grade":"B"},"disclosure":{"kind":"closed","reason":"涉及企业信息"},"issue":null,"fields":{"document_number":{"state":"own","text":"某更提函〔2025〕18号"},"title":{"state":"composed","text":""},"salutation":{"state":"composed","text":""},"opening":{"state":"own","text":"你们的提案收到了。\n经研究，现答复如下："},"closing":{"state":"composed","text":""},"attachments":{"state":"own","text":"口袋公园台账\n管护责任书（样式）"},"signature":{"state":"composed","text":""},"date":{"state":"composed","text":""},"contact":{"state":"composed","text":""},"copies":{"state":"own","text":"区政协提案委员会，区城市管理和综合执法局"}},"proposals":[{"key":"ev4fma7x","kind":"cppcc","proposal_number":"2025118","session":"某某区政协七届二次会议","subject":"关于完善口袋公园管护机制的建议","proposers":[{"name":"周明远","body":false},{"name":"何静","body":false},{"name":"阿依曼·塔合尔","body":false},{"name":"民进某某区总支","body":true}],"suggestions":[{"key":"vxefaxbu","label":"1","text":"第1条建议的内容。","elaboration":"具体的说明。"},{"key":"p3huv8un","label":"2","text":"第2条建议的内容。","elaboration":"第一段说明。\n第二段说明，接着说。"},{"key":"ta2v2kq4","label":"3","text":"第3条建议的内容。","elaboration":""},{"key":"y67mhhb7","label":"4","text":"第4条建议的内容。","elaboration":"具体的说明。"}]}],"replies":[{"key":"eway7csx","suggestions":["vxefaxbu","p3huv8un"],"paragraphs":[{"key":"uz3fjh9y","text":"1、经费方面","outcome":"done","runs_on":false,"level":1},{"key":"hfj9eaht","text":"已按三档核定经费，","outcome":"done","runs_on":false,"level":0},{"key":"j27nxw4n","text":"样本公园的游人计数正在进行，","outcome":"under_way","runs_on":true,"level":0},{"key":"nebq8knw","text":"结果明年一季度报审。","outcome":"pending","runs_on":true,"level":0},{"key":"zvjdtvvc","text":"（一）移交","outcome":"under_way","runs_on":false,"level":2},{"key":"t43zqb3n","text":"移交办法正在征求意见，详见〔2025〕4号文。","outcome":"under_way","runs_on":false,"level":0},{"key":"d3mva4sp","text":"全天开放一项不具备条件，暂不能实施。","outcome":"not_adopted","runs_on":false,"level":0}]},{"key":"yjd3pndt","suggestions":["ta2v2kq4"],"paragraphs":[]},{"key":"wtnaq35u","suggestions":["y67mhhb7"],"paragraphs":[{"key":"qeffaqya","text":"我区正按绿地面积与日均人流分三档测算管护经费。","outcome":"done","runs_on":false,"level":0},{"key":"ynq3dhkb","text":"明年继续落实。","outcome":"pending","runs_on":false,"level":0}]},{"key":"pzrsc62w","suggestions":[],"paragraphs":[{"key":"hwmnman9","text":"以上各项由我局牵头落实。","outcome":null,"runs_on":false,"level":0}]}]}}','88779040523d49cf126deb680322fbd755e75e3d5d178abcb0589cadbdd4c2bf','送科长看过');
INSERT INTO "revision" VALUES(3,2,'2026-11-21 12:09:39.583285','import','{"format":"fuhan-case","version":1,"case":{"key":"pihzp9bk","kind":"reply","form":"narrative","wording":"house","head":"letter","layout":"nominal","sealed":true,"office":{"full_name":"某某市某某区城市更新局","short_name":"区更新局","own_word":"我局","region_word":"我区","document_prefix":"某更提函","contact_name":"","contact_phone":""},"lead_unit":"","category":null,"disclosure":null,"issue":null,"fields":{"document_number":{"state":"composed","text":""},"title":{"state":"composed","text":""},"salutation":{"state":"composed","text":""},"opening":{"state":"composed","text":""},"closing":{"state":"composed","text":""},"attachments":{"state":"absent","text":""},"signature":{"state":"composed","text":""},"date":{"state":"composed","text":""},"contact":{"state":"absent","text":""},"copies":{"state":"absent","text":""}},"proposals":[{"key":"uaa4mi84","kind":"cppcc","proposal_number":"2025119","session":"某某区政协七届二次会议","subject":"关于规范电动自行车充电的建议","proposers":[{"name":"周明远","body":false}],"suggestions":[{"key":"vjpyjc7x","label":"1","text":"第1条建议的内容。","elaboration":"具体的说明。"},{"key":"dda5gvr4","label":"2","text":"第2条建议的内容。","elaboration":"具体的说明。"}]}],"replies":[{"key":"y4uphj6g","suggestions":["vjpyjc7x"],"paragraphs":[{"key":"e3tekim4","text":"我区正按绿地面积与日均人流分三档测算管护经费。","outcome":"done","runs_on":false,"level":0},{"key":"pqqbzfji","text":"明年继续落实。","outcome":"pending","runs_on":false,"level":0}]},{"key":"rhpsevax","suggestions":["dda5gvr4"],"paragraphs":[{"key":"twjkrdm7","text":"我区正按绿地面积与日均人流分三档测算管护经费。","outcome":"done","runs_on":false,"level":0},{"key":"s2qu7jxn","text":"明年继续落实。","outcome":"pending","runs_on":false,"level":0}]},{"key":"aue5zf7i","suggestions":[],"paragraphs":[{"key":"ka4fmtf4","text":"以上各项由我局牵头落实。","outcome":null,"runs_on":false,"level":0}]}]}}','bbda0da24551aa4c5e98ccf6116e3ba7a0fb93c68068038056561082b955770b','');
INSERT INTO "revision" VALUES(4,2,'2026-11-21 12:09:39.609573','export','{"format":"fuhan-case","version":1,"case":{"key":"pihzp9bk","kind":"reply","form":"narrative","wording":"house","head":"plain","layout":"nominal","sealed":true,"office":{"full_name":"某某市某某区城市更新局","short_name":"区更新局","own_word":"我局","region_word":"我区","document_prefix":"某更提函","contact_name":"","contact_phone":""},"lead_unit":"","category":null,"disclosure":null,"issue":{"on":"2025-09-05","by":""},"fields":{"document_number":{"state":"composed","text":"某更提函〔2025〕　号"},"title":{"state":"composed","text":"某某市某某区城市更新局关于某某区政协七届二次会议第2025119号提案的答复"},"salutation":{"state":"composed","text":"尊敬的周明远委员："},"opening":{"state":"composed","text":"某某区政协七届二次会议第2025119号提案《关于规范电动自行车充电的建议》收悉。我局会同有关单位进行了认真研究，现将提案的办理情况答复如下："},"closing":{"state":"composed","text":"感谢您对我局工作的关心和支持，欢迎继续提出宝贵意见和建议。"},"attachments":{"state":"absent","text":""},"signature":{"state":"composed","text":"某某市某某区城市更新局"},"date":{"state":"composed","text":"2025年9月5日"},"contact":{"state":"absent","text":""},"copies":{"state":"absent","text":""}},"proposals":[{"key":"uaa4mi84","kind":"cppcc","proposal_number":"2025119","session":"某某区政协七届二次会议","subject":"关于规范电动自行车充电的建议","proposers":[{"name":"周明远","body":false}],"suggestions":[{"key":"vjpyjc7x","label":"1","text":"第1条建议的内容。","elaboration":"具体的说明。"},{"key":"dda5gvr4","label":"2","text":"第2条建议的内容。","elaboration":"具体的说明。"}]}],"replies":[{"key":"y4uphj6g","suggestions":["vjpyjc7x"],"paragraphs":[{"key":"e3tekim4","text":"我区正按绿地面积与日均人流分三档测算管护经费。","outcome":"done","runs_on":false,"level":0},{"key":"pqqbzfji","text":"明年继续落实。","outcome":"pending","runs_on":false,"level":0}]},{"key":"rhpsevax","suggestions":["dda5gvr4"],"paragraphs":[{"key":"twjkrdm7","text":"我区正按绿地面积与日均人流分三档测算管护经费。","outcome":"done","runs_on":false,"level":0},{"key":"s2qu7jxn","text":"明年继续落实。","outcome":"pending","runs_on":false,"level":0}]},{"key":"aue5zf7i","suggestions":[],"paragraphs":[{"key":"ka4fmtf4","text":"以上各项由我局牵头落实。","outcome":null,"runs_on":false,"level":0}]}]}}','2fabfc6f1a33b224516c96a856539fd0fbc0823f18df3afacabb6d5cb376cfd0','');
INSERT INTO "revision" VALUES(5,3,'2026-11-21 12:09:39.621722','import','{"format":"fuhan-case","version":1,"case":{"key":"x5tudta6","kind":"reply","form":"narrative","wording":"house","head":"letter","layout":"nominal","sealed":true,"office":{"full_name":"某某市某某区城市更新局","short_name":"区更新局","own_word":"我局","region_word":"我区","document_prefix":"某更提函","contact_name":"","contact_phone":""},"lead_unit":"","category":null,"disclosure":null,"issue":null,"fields":{"document_number":{"state":"composed","text":""},"title":{"state":"composed","text":""},"salutation":{"state":"composed","text":""},"opening":{"state":"composed","text":""},"closing":{"state":"composed","text":""},"attachments":{"state":"absent","text":""},"signature":{"state":"composed","text":""},"date":{"state":"composed","text":""},"contact":{"state":"absent","text":""},"copies":{"state":"absent","text":""}},"proposals":[{"key":"i6bnnez7","kind":"cppcc","proposal_number":"2025120","session":"某某区政协七届二次会议","subject":"关于增设社区早餐点的建议","proposers":[{"name":"周明远","body":false}],"suggestions":[{"key":"apn58jq2","label":"1","text":"第1条建议的内容。","elaboration":"具体的说明。"},{"key":"aasfbhbc","label":"2","text":"第2条建议的内容。","elaboration":"具体的说明。"}]}],"replies":[{"key":"g7md2dsu","suggestions":["apn58jq2"],"paragraphs":[{"key":"n2c7fyv8","text":"我区正按绿地面积与日均人流分三档测算管护经费。","outcome":"done","runs_on":false,"level":0},{"key":"y8f88j5i","text":"明年继续落实。","outcome":"pending","runs_on":false,"level":0}]},{"key":"rg4xwdx4","suggestions":["aasfbhbc"],"paragraphs":[{"key":"i86hwvh2","text":"我区正按绿地面积与日均人流分三档测算管护经费。","outcome":"done","runs_on":false,"level":0},{"key":"s9hfahfw","text":"明年继续落实。","outcome":"pending","runs_on":false,"level":0}]},{"key":"t5jc4ezs","suggestions":[],"paragraphs":[{"key":"t4y5n38s","text":"以上各项由我局牵头落实。","outcome":null,"runs_on":false,"level":0}]}]}}','b362361a069e70b07a5d06a6bd7a3ee2adc2855a481807e5814fe1863e66cab6','');
CREATE TABLE "suggestion" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "proposal_id" INTEGER NOT NULL,
        "key" VARCHAR(255) NOT NULL,
        "position" INTEGER NOT NULL,
        "label" TEXT NOT NULL,
        "text" TEXT NOT NULL,
        "elaboration" TEXT NOT NULL, "spans" TEXT NOT NULL DEFAULT '',
        FOREIGN KEY ("proposal_id") REFERENCES "proposal" ("id") ON DELETE CASCADE
    );
INSERT INTO "suggestion" VALUES(1,1,'vxefaxbu',0,'1','第1条建议的内容。','具体的说明。','30-42 42-49');
INSERT INTO "suggestion" VALUES(2,1,'p3huv8un',1,'2','第2条建议的内容。','第一段说明。
第二段说明，接着说。','49-61 61-79');
INSERT INTO "suggestion" VALUES(3,1,'ta2v2kq4',2,'3','第3条建议的内容。','','79-91');
INSERT INTO "suggestion" VALUES(4,1,'y67mhhb7',3,'4','第4条建议的内容。','具体的说明。','91-103 103-110');
INSERT INTO "suggestion" VALUES(5,2,'vjpyjc7x',0,'1','第1条建议的内容。','具体的说明。','');
INSERT INTO "suggestion" VALUES(6,2,'dda5gvr4',1,'2','第2条建议的内容。','具体的说明。','');
INSERT INTO "suggestion" VALUES(7,3,'apn58jq2',0,'1','第1条建议的内容。','具体的说明。','');
INSERT INTO "suggestion" VALUES(8,3,'aasfbhbc',1,'2','第2条建议的内容。','具体的说明。','');
CREATE UNIQUE INDEX "letter_key" ON "letter" ("key");
CREATE INDEX "letter_office_id" ON "letter" ("office_id");
CREATE INDEX "revision_letter_id" ON "revision" ("letter_id");
CREATE INDEX "export_letter_id" ON "export" ("letter_id");
CREATE INDEX "export_revision_id" ON "export" ("revision_id");
CREATE INDEX "exportedreply_export_id" ON "exportedreply" ("export_id");
CREATE UNIQUE INDEX "letterfield_letter_id_name" ON "letterfield" ("letter_id", "name");
CREATE UNIQUE INDEX "proposal_key" ON "proposal" ("key");
CREATE INDEX "proposal_proposal_number" ON "proposal" ("proposal_number");
CREATE INDEX "letterproposal_proposal_id" ON "letterproposal" ("proposal_id");
CREATE UNIQUE INDEX "letterproposal_letter_id_proposal_id" ON "letterproposal" ("letter_id", "proposal_id");
CREATE INDEX "reply_letter_id" ON "reply" ("letter_id");
CREATE UNIQUE INDEX "reply_key" ON "reply" ("key");
CREATE INDEX "paragraph_reply_id" ON "paragraph" ("reply_id");
CREATE UNIQUE INDEX "paragraph_key" ON "paragraph" ("key");
CREATE INDEX "proposer_proposal_id" ON "proposer" ("proposal_id");
CREATE INDEX "suggestion_proposal_id" ON "suggestion" ("proposal_id");
CREATE UNIQUE INDEX "suggestion_key" ON "suggestion" ("key");
CREATE INDEX "replysuggestion_suggestion_id" ON "replysuggestion" ("suggestion_id");
CREATE UNIQUE INDEX "replysuggestion_reply_id_suggestion_id" ON "replysuggestion" ("reply_id", "suggestion_id");
CREATE INDEX "office_twice" ON "office" ("full_name", "short_name", "own_word", "region_word", "document_prefix", "contact_name", "contact_phone", "ours") WHERE "id" > 0;
CREATE INDEX "proposer_twice" ON "proposer" ("proposal_id", "position", "name", "body") WHERE "id" > 0;
CREATE INDEX "letter_twice" ON "letter" ("key", "kind", "form", "wording", "head", "layout", "sealed", "office_id", "lead_unit", "category_scheme", "category_grade", "disclosure_kind", "disclosure_reason", "issued_on", "issued_by", "deleted_at") WHERE "id" > 0;
CREATE INDEX "letterproposal_twice" ON "letterproposal" ("letter_id", "proposal_id", "position") WHERE "id" > 0;
CREATE INDEX "letterfield_twice" ON "letterfield" ("letter_id", "name", "state", "text") WHERE "id" > 0;
CREATE INDEX "reply_twice" ON "reply" ("letter_id", "key", "position") WHERE "id" > 0;
CREATE INDEX "replysuggestion_twice" ON "replysuggestion" ("reply_id", "suggestion_id", "position") WHERE "id" > 0;
CREATE INDEX "paragraph_twice" ON "paragraph" ("reply_id", "key", "position", "text", "outcome", "runs_on", "level") WHERE "id" > 0;
CREATE INDEX "revision_twice" ON "revision" ("letter_id", "made_at", "reason", "sha256", "name") WHERE "id" > 0;
CREATE INDEX "export_twice" ON "export" ("letter_id", "revision_id", "made_at", "file_name", "final") WHERE "id" > 0;
CREATE INDEX "exportedreply_twice" ON "exportedreply" ("export_id", "reply_key", "sha256") WHERE "id" > 0;
CREATE INDEX "proposal_twice" ON "proposal" ("key", "kind", "proposal_number", "session", "subject", "original") WHERE "id" > 0;
CREATE INDEX "suggestion_twice" ON "suggestion" ("proposal_id", "key", "position", "label", "text", "elaboration", "spans") WHERE "id" > 0;
CREATE INDEX "assignment_letter_id" ON "assignment" ("letter_id");
CREATE UNIQUE INDEX "assignment_key" ON "assignment" ("key");
CREATE INDEX "assignment_twice" ON "assignment" ("letter_id", "key", "position", "unit",
        "role", "contact", "due_on", "sent_on", "returned_on") WHERE "id" > 0;
CREATE INDEX "assignmentsuggestion_suggestion_id"
        ON "assignmentsuggestion" ("suggestion_id");
CREATE UNIQUE INDEX "assignmentsuggestion_assignment_id_suggestion_id"
        ON "assignmentsuggestion" ("assignment_id", "suggestion_id");
CREATE INDEX "assignmentsuggestion_twice" ON "assignmentsuggestion"
        ("assignment_id", "suggestion_id", "position") WHERE "id" > 0;
CREATE INDEX "note_letter_id" ON "note" ("letter_id");
CREATE UNIQUE INDEX "note_key" ON "note" ("key");
CREATE INDEX "note_twice" ON "note" ("letter_id", "key", "position", "place", "text",
        "author", "at", "quoted", "done") WHERE "id" > 0;
CREATE INDEX "returned_letter_id" ON "returned" ("letter_id");
CREATE INDEX "returned_export_id" ON "returned" ("export_id");
CREATE INDEX "returned_twice" ON "returned" ("letter_id", "export_id", "received_at",
        "sha256", "file_name", "author") WHERE "id" > 0;
CREATE INDEX "reuse_letter_id" ON "reuse" ("letter_id");
CREATE UNIQUE INDEX "reuse_paragraph" ON "reuse" ("paragraph");
CREATE INDEX "reuse_twice" ON "reuse" ("letter_id", "paragraph", "source", "outcome", "words") WHERE "id" > 0;
COMMIT;
