<?php
/**
 * What is asked where new credentials were not saved.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Renders the choice between the credentials that work and the ones that Amazon refuses.
 */
final class Pending_Box {

	/**
	 * Takes what waits.
	 *
	 * @param Pending_Account $pending What waits.
	 */
	public function __construct( private Pending_Account $pending ) {}

	/**
	 * Renders the box, where something waits.
	 */
	public function render(): void {
		$waiting = $this->pending->waiting();
		if ( null === $waiting ) {
			return;
		}
		?>
		<div class="notice notice-warning inline creators-image-refresh-pending" id="creators-image-refresh-pending" role="region" aria-labelledby="creators-image-refresh-pending-heading">
			<h2 id="creators-image-refresh-pending-heading">
				<?php
				/* translators: %s: a marketplace, for instance amazon.de. */
				echo esc_html( sprintf( __( 'New credentials for %s are waiting', 'creators-image-refresh' ), Marketplaces::short( $waiting['marketplace'] ) ) );
				?>
			</h2>
			<p><?php echo esc_html( $waiting['sentence'] ); ?></p>
			<?php if ( '' !== $waiting['amazon'] ) : ?>
				<p class="creators-image-refresh-small-print"><?php echo esc_html( Account_Messages::small_print( $waiting['amazon'] ) ); ?></p>
			<?php endif; ?>
			<p><?php esc_html_e( 'The credentials that work are untouched. What you entered is kept, encrypted, for a quarter of an hour.', 'creators-image-refresh' ); ?></p>
			<form method="post" action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>" class="creators-image-refresh-buttons">
				<?php echo Accounts_Tab::hidden( Account_Actions::PENDING ); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped there. ?>
				<?php if ( '' !== $waiting['works_with'] ) : ?>
					<button type="submit" class="button button-primary" name="choice" value="<?php echo esc_attr( $waiting['works_with'] ); ?>">
						<?php
						/* translators: %s: a credential version, for instance 3.2. */
						echo esc_html( sprintf( __( 'Save with version %s', 'creators-image-refresh' ), $waiting['works_with'] ) );
						?>
					</button>
				<?php endif; ?>
				<button type="submit" class="button" name="choice" value="drop"><?php esc_html_e( 'Keep the earlier ones', 'creators-image-refresh' ); ?></button>
				<button type="submit" class="button" name="choice" value="save"><?php esc_html_e( 'Save anyway', 'creators-image-refresh' ); ?></button>
			</form>
		</div>
		<?php
	}
}
