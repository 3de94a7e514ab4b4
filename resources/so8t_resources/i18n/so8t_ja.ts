<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP" sourcelanguage="en">
 <context>
  <name>so8t</name>
  <message>
   <location filename="gui/so8t_gui/awake.py" />
   <source>This desktop cannot be kept awake: switch sleep off in its settings while a run goes on.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/engine_process.py" />
   <source>The engine could not be started: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/engine_words.py" />
   <source>The engine ended with code {code} and gave no answer. {last}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/engine_words.py" />
   <source>The engine gave no answer within {n} s.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/form_fields.py" />
   <source>A value is needed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/form_fields.py" />
   <source>A whole number is needed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/form_fields.py" />
   <source>It must be a multiple of {n}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/form_fields.py" />
   <source>It must be at least {n}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/form_fields.py" />
   <source>It must be at most {n}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/form_fields.py" />
   <source>It must be greater than {n}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/form_fields.py" />
   <source>It must be less than {n}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/form_fields.py" />
   <source>a multiple of {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/form_fields.py" />
   <source>{value} is no number.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/forms.py" />
   <source>Back to the value it had</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/forms.py" />
   <source>Reset {key}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/forms.py" />
   <source>not set</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/logon.py" />
   <source>"{name}" ({where})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/logon.py" />
   <source>Another program runs this session already. It can be paused there.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/logon.py" />
   <source>This session cannot be read: {why} Verify it on the page of sessions.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/logon.py" />
   <source>This session was made by a newer version of SO8T. Install that version to go on with it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/logon.py" />
   <source>step {n} of {all}: {step}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/notices.py" />
   <source>Reason: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/notices.py" />
   <source>Right held-out answers: {before} before, {after} after.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/notices.py" />
   <source>The report is ready.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/notices.py" />
   <source>{name}: finished</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/notices.py" />
   <source>{name}: paused by itself</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/notices.py" />
   <source>{name}: resumed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/notices.py" />
   <source>{name}: stopped</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/notices.py" />
   <source>{name}: waiting</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>&amp;Copy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>&amp;OK</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>About SO8T</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>Asking the engine ...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>Diagnostics</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>For a report. It holds no names, keys or paths below your home folder.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>Look &amp;again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>No program could be found to open {path}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>Open the &amp;logs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>Open the &amp;sessions' folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>The diagnostics are in the clipboard.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>There is no {path} any more.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>Turns Phi-3.5 into a model that thinks before it answers, on one gaming PC.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>Version {version}, protocol {protocol}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>&amp;All keys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>&amp;Basics</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>&amp;Start</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>&amp;Undo all changes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>Asking the engine for its keys ...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>Check a&amp;gain</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>New session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>Parts of the configuration</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>Start although the check &amp;says no</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>Start although the check says no</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>{source}, changed keys: {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>{source}, unchanged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>All states</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>Filter by name, state or step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>Filter sessions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>Make a &amp;new session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>No session fits the filter.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>Select a session; several with Ctrl or Shift to compare their curves.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>Sessions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>Show sessions in this state</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>The folder {path} cannot be read: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>The session {name} is no longer there; its folder was moved or deleted.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>There are no sessions in {path} yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>{n} sessions are no longer there; their folders were moved or deleted.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>{n} sessions selected.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>{shown} of {all}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>&amp;Ask: a notification, and one click resumes it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>&amp;Choose ...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>&amp;Keep the computer awake while it trains</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>&amp;Notify when a session finishes, fails, or is paused by itself</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>&amp;Resume it after 30 s, which can be cancelled</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>As the system</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Dark</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Folder of the sessions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>If a session is unfinished then:</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Keep the computer awake while it trains</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Language</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Leave it &amp;alone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Light</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Look</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Notifications</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Old sessions stay where they are. A run that is going on is not moved.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Processor threads</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Settings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Start SO8T at &amp;logon, hidden in the tray</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Start SO8T at logon</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Theme</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Threads of the processor</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>When the computer starts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Work</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>as configured</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>&amp;Folder of the sessions (trained models need some gigabytes)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>&amp;New session ...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>Not now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>SO8T teaches a language model of the Phi-3.5 family to think before it answers, on your own computer. Every few minutes it saves everything: a power cut or a restart never costs more than that.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>Start at &amp;logon, hidden in the tray</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>Start at logon</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>The demo builds and trains a tiny model from data that comes with SO8T, in a few minutes.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>Then one click resumes what was cut off. Settings switch it off again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>Try the &amp;demo</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>Welcome to SO8T</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>A newer version of SO8T wrote it; this one leaves it untouched. Update SO8T.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>An engine works on it right now.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Cut off</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Damaged</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Failed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Finished</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>It is done; the report tells how it went.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>It stands still. Resume goes on where it was.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>It stopped because of a problem. Resume goes on from the last save once that is solved.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>It was made, and has done nothing yet. Resume starts it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Its engine ended without a word, as in a power cut. Resume goes on from the last save.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Its files cannot be read. Verify names the bad ones; nothing was deleted.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Last saved</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Not started</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Of a newer SO8T</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Paused</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Progress</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Running</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Started</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>State</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>all {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>{n} of {all}: {step}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/settings.py" />
   <source>The settings could not be kept in {path}: {why}. They hold until you quit.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/settings.py" />
   <source>The settings in {path} are damaged; the usual ones are used.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/settings.py" />
   <source>The settings in {path} cannot be read: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>A power cut now would cost {time}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Collect</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Convert</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Evaluate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Failed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Finished.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Integrate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Nothing is running.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Nothing was heard of the engine for {time}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Paused ({reason}), {where}, {percent}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Paused ({reason}).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Paused, {where}, {percent}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Pausing: saving at the next restart point ...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Phase transition: the loss {way} by {size} after update {n}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Running, {where}, {percent}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Starting the engine ...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>The engine is replaced; it goes on from the last save in {time}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>The engine printed something that is no message: {line}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>The engine sent a message that cannot be read ({name}).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>The last run was cut off ({cause}): lost {time}, {where}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>The last run was cut off ({cause}); {where}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Train</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Waiting: {detail}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>alpha {alpha}, loss {loss}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>by you</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>damage on the disk</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>error of the GPU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>fell</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>it stood still</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>its process crashed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>its process was killed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>memory ran out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>numbers that were none</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>power cut or restart</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>resumed at {step} unit {unit}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>rose</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>the system was ending</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>the window was closed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{d} d {h} h</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{h} h {min} min</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{min} min</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{min} min {s} s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{s} s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{time} left</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{time} left (give or take {spread})</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>&amp;Open</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>&amp;Pause</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>&amp;Quit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>&amp;Quit (the run is saved and paused)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>&amp;Recent sessions</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>&amp;Resume {what}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>&amp;Settings</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>Start &amp;new ...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>Start at &amp;logon</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/alpha_preview.py" />
   <source>Alpha at 0, 25, 50, 75 and 100 % of the updates: {values}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/alpha_preview.py" />
   <source>Preview of alpha</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/alpha_preview.py" />
   <source>last update</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/alpha_preview.py" />
   <source>start</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>&amp;Choose a folder ...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>A tiny one, built here from the data (to try things out)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Algorithm</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>An existing one: a folder, or an id of the Hugging Face hub</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Base model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>C&amp;hoose ...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Data</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Episodes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Folder for the session</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Folder of the base model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Folder or hub id of the base model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>From</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>How long, and where</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>How strongly the rotation gates act, update by update.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Open a &amp;YAML file ...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Open a configuration</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Over so many updates</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Preset</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Schedule</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Seed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Session's folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Start from</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Strength of the gates (alpha)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>To</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Updates</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Warm-up updates</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>What it learns from, and what it is asked at the end.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>the usual folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Add &amp;files ...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Add files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Add from &amp;hub</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Data ({kinds});;All files (*)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Datasets</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>File or hub id</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Files (.jsonl, .json, .csv, .parquet, .txt) and folders can be dropped here, too.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Hub id of a dataset to add</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Never trained on; only asked at the end</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Only to evaluate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Read as</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Remove</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Rows at most</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>There is no {path}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>`auto` finds out the form of the records by itself.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>owner/name on the Hugging Face hub</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>{path} cannot be read: {why}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/findings.py" />
   <source>Check</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/findings.py" />
   <source>Checking ...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/findings.py" />
   <source>Everything fits.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/findings.py" />
   <source>Findings of the check</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/findings.py" />
   <source>It can run. To know before: {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/findings.py" />
   <source>Show</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/findings.py" />
   <source>To correct before it can run: {n}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/schema_form.py" />
   <source>General</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/schema_form.py" />
   <source>No key fits.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/schema_form.py" />
   <source>Search a key, for example kl_coef</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/schema_form.py" />
   <source>Search the configuration's keys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>&amp;Compare curves</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>&amp;Duplicate as new</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>&amp;Keep</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>&amp;Resume</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>&amp;Show</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>&amp;Verify</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>A new session with the configuration of this one, to be changed before it starts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>Its curves and steps on the page Run</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>Loss and alpha of all selected sessions in one plot</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>Move to &amp;trash</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>Move {what} with everything in it to the trash?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>Moving {name} to the trash ...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>Open &amp;folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>Open re&amp;port</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>Reading every file of {name} ...</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>Reads every saved file and compares it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>Yes, &amp;move</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>{name} has {n} problems:
{first}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>{name} is in the trash.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>{name} is running; pause it before it is moved to the trash.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>{name}: every file is as it was written.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>{n} sessions</source>
   <translation type="unfinished" />
  </message>
 </context>
</TS>
