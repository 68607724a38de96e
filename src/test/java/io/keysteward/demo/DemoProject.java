package io.keysteward.demo;

import java.util.List;

/**
 * A project of the fictitious company, and what its everyday keys are called.
 *
 * @param id its id in its source
 * @param slug how key names speak of it
 * @param owners who makes keys in it
 * @param keys how many everyday keys it has
 * @param purposes what keys are for
 */
record DemoProject(String id, String slug, List<String> owners, int keys, List<String> purposes) {

	static final List<DemoProject> CONSOLE = List.of(
			new DemoProject("prj-tracking", "tracking", List.of("u-ines", "u-jonas"), 30,
					List.of("scan-events", "sms-alerts", "partner-feed", "delivery-photos", "geofence", "search-index",
							"customer-portal", "rate-limit-probe", "pod-signatures", "locker-sync", "event-archive")),
			new DemoProject("prj-routing", "routing", List.of("u-priya", "u-jonas"), 26,
					List.of("solver", "traffic-feed", "map-tiles", "driver-app", "depot-planner", "weather-overlay",
							"fuel-model", "night-shift", "bridge-closures", "cost-matrix")),
			new DemoProject("prj-warehouse", "warehouse", List.of("u-oluwa", "u-marta", "u-oluwa", "u-rolf"), 34,
					List.of("picker-arms", "sorter-line-1", "sorter-line-2", "dock-cameras", "pallet-count",
							"battery-swap", "temperature-log", "badge-readers", "simulation", "firmware-rollout",
							"inventory-sync", "label-check")),
			new DemoProject("prj-customs", "customs", List.of("u-marta", "u-amelie"), 24,
					List.of("declarations", "tariff-lookup", "document-ocr", "eori-check", "sanctions-screening",
							"broker-portal", "transit-t1", "archive", "translation")),
			new DemoProject("prj-support", "support", List.of("u-amelie", "u-henrik"), 24,
					List.of("chat-assistant", "ticket-triage", "call-summaries", "knowledge-search", "refund-bot",
							"quality-review", "macros-sync", "csat-export", "mail-drafts")),
			new DemoProject("prj-data", "data", List.of("u-team-dp", "u-team-dp", "u-tomas", "u-priya"), 46,
					List.of("warehouse-loader", "dbt-nightly", "feature-store", "churn-model", "eta-training",
							"bi-extract", "lineage-crawler", "quality-checks", "notebook-pool", "cdc-orders",
							"cdc-parcels", "metrics-export", "forecast-volumes", "gdpr-erasure", "sandbox", "catalog")),
			new DemoProject("prj-shanghai", "shanghai", List.of("u-wei"), 18,
					List.of("分拣线", "海关申报", "客服助手", "wechat-notify", "仓库盘点", "dispatch", "夜班排班")),
			new DemoProject("prj-dubai", "dubai", List.of("u-layla"), 16,
					List.of("تتبع-الشحنات", "airport-gate", "cold-chain", "customs-link", "خدمة-العملاء", "dispatch")),
			new DemoProject("prj-labs", "labs", List.of("u-henrik", "u-priya"), 14,
					List.of("drone-trial", "voice-picking", "label-vision", "route-llm", "damage-detector", "hackday")),
			new DemoProject("prj-kiosk", "kiosk", List.of("u-oluwa"), 6, List.of("touchscreen", "payments-link")));

	static final List<DemoProject> PAYMENTS = List.of(
			new DemoProject("501", "acquirer", List.of("11", "12"), 34,
					List.of("authorise", "capture", "3ds-challenge", "settlement-file", "dispute-inbox", "bin-lookup",
							"risk-score", "terminal-sync", "fee-report", "tokeniser", "reconciliation", "alerts")),
			new DemoProject("502", "payout", List.of("12", "13"), 30,
					List.of("driver-wages", "tip-split", "bank-verify", "sepa-batch", "advance-pay", "statement-mail",
							"limits", "ledger-post", "cutoff-timer", "tax-export", "kyc-refresh")));

}
