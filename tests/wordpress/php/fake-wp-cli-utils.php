<?php
/** The helpers of WP-CLI that commands of the plugin call. */

namespace WP_CLI\Utils;

/** Prints rows, a line of JSON for each whatever the format. */
function format_items( string $format, array $rows, array $fields ): void {
	foreach ( $rows as $row ) {
		\WP_CLI::line(
			json_encode( array_intersect_key( $row, array_flip( $fields ) ), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE )
		);
	}
}

/** A bar that remembers how far it came, and of how many. */
function make_progress_bar( string $message, int $count ): object {
	\WP_CLI::$bar = array( 0, $count, false );
	return new class() {
		public function tick( int $ticks = 1 ): void {
			\WP_CLI::$bar[0] += $ticks;
		}

		public function finish(): void {
			\WP_CLI::$bar[2] = true;
		}
	};
}
