/**
 * The directory record on a screen: for administrators, off unless the application maps it, behind a guard of its own.
 *
 * <table>
 * <caption>Rooms</caption>
 * <tr><th>room</th><th>its one responsibility</th></tr>
 * <tr><td>{@link dev.ssofilter.web.setup.Setup}</td><td>a request: let in, then one step, then the page</td></tr>
 * <tr><td>Guard, SetupSessions, SetupSession</td><td>who may use the screen, and their work that is not saved</td></tr>
 * <tr><td>Draft, DraftReader</td><td>what was typed</td></tr>
 * <tr><td>RecordStore, Members</td><td>the record's file; typed values to its members and back</td></tr>
 * <tr><td>Steps, Discover, Trial, Hidden</td><td>what the buttons do</td></tr>
 * <tr><td>TestSignIns, TestPage</td><td>a login that signs nobody in</td></tr>
 * <tr><td>Screen and what it is made of</td><td>the page</td></tr>
 * </table>
 *
 * <p>Every step is a POST that is answered with a redirect to the one page, so that reloading repeats nothing; what was
 * typed waits in the setup session meanwhile, in the memory of this node. The client secret never goes to a browser.
 *
 * <p>Nothing is null inside the house: absence is an empty {@code Optional} as a result and is never a parameter.
 */
@NullMarked
package dev.ssofilter.web.setup;

import org.jspecify.annotations.NullMarked;
