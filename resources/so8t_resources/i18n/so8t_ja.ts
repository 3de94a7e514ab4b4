<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP" sourcelanguage="en">
 <context>
  <name>so8t</name>
  <message>
   <location filename="gui/so8t_gui/preferences.py" />
   <source>The entry at logon could not be read or changed: {why}.</source>
   <translation>ログオン時の項目を読み取り、または変更できませんでした: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/__init__.py" />
   <source>It could not be kept from starting at logon. {why}</source>
   <translation>ログオン時の起動を止められませんでした。{why}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/__init__.py" />
   <source>It could not be set to start at logon. {why}</source>
   <translation>ログオン時に起動するようにできませんでした。{why}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/__init__.py" />
   <source>The entry at logon started a program that is gone; it starts this one now.</source>
   <translation>ログオン時の項目が、なくなったプログラムを起動していました。今はこのプログラムを起動します。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/__init__.py" />
   <source>Whether it starts at logon cannot be told: {why}.</source>
   <translation>ログオン時に起動するかどうか分かりません: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/__init__.py" />
   <source>{what} It was not made by SO8T, so it was left alone.</source>
   <translation>{what} SO8T が作ったものではないため、そのままにしました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/entry.py" />
   <source>The entry at logon starts {program}, which is no longer there.</source>
   <translation>ログオン時の項目は {program} を起動しますが、それはもうありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/linux.py" />
   <source>It does not start at logon.</source>
   <translation>ログオン時には起動しません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/linux.py" />
   <source>It does not start at logon: it is switched off in the desktop's settings.</source>
   <translation>ログオン時には起動しません。デスクトップの設定で無効になっています。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/linux.py" />
   <source>It starts at logon (by {path}).</source>
   <translation>ログオン時に起動します ({path} による)。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/linux.py" />
   <source>SO8T does not start at logon any more.</source>
   <translation>SO8T はログオン時に起動しなくなりました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/linux.py" />
   <source>SO8T does not start at logon any more; the entry for all users is switched off for you.</source>
   <translation>SO8T はログオン時に起動しなくなりました。全ユーザー向けの項目は、あなたについてだけ無効にしました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/linux.py" />
   <source>SO8T starts at logon (by {path}).</source>
   <translation>SO8T はログオン時に起動します ({path} による)。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/linux.py" />
   <source>The entry at logon, {path}, cannot be read: {why}.</source>
   <translation>ログオン時の項目 {path} を読めません: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/linux.py" />
   <source>The entry at logon, {path}, cannot be removed: {why}.</source>
   <translation>ログオン時の項目 {path} を削除できません: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/linux.py" />
   <source>The entry at logon, {path}, cannot be written: {why}.</source>
   <translation>ログオン時の項目 {path} に書き込めません: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/linux.py" />
   <source>The entry at logon, {path}, names no program.</source>
   <translation>ログオン時の項目 {path} に、プログラムが書かれていません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/macos.py" />
   <source>It does not start at logon: it is switched off in {where}.</source>
   <translation>ログオン時には起動しません。{where}で無効になっています。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/macos.py" />
   <source>The entry at logon, {path}, is damaged.</source>
   <translation>ログオン時の項目 {path} は壊れています。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/macos.py" />
   <source>the System Settings</source>
   <translation>システム設定</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/windows.py" />
   <source>It starts at logon (by the Task Scheduler).</source>
   <translation>ログオン時に起動します (タスク スケジューラによる)。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/windows.py" />
   <source>It starts at logon (by the registry's Run key).</source>
   <translation>ログオン時に起動します (レジストリの Run キーによる)。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/windows.py" />
   <source>SO8T starts at logon (by the Task Scheduler).</source>
   <translation>SO8T はログオン時に起動します (タスク スケジューラによる)。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/windows.py" />
   <source>SO8T starts at logon (by the registry's Run key; the Task Scheduler refused: {why})</source>
   <translation>SO8T はログオン時に起動します (レジストリの Run キーによる。タスク スケジューラは受け付けませんでした: {why})</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/windows.py" />
   <source>The Task Scheduler said: {task}</source>
   <translation>タスク スケジューラの返答: {task}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/windows.py" />
   <source>The Task Scheduler said: {task} The registry said: {run}.</source>
   <translation>タスク スケジューラの返答: {task} レジストリの返答: {run}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/windows.py" />
   <source>The registry said: {run}.</source>
   <translation>レジストリの返答: {run}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/windows.py" />
   <source>The task {name} cannot be read.</source>
   <translation>タスク {name} を読めません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/windows.py" />
   <source>code {code}.</source>
   <translation>コード {code}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/windows.py" />
   <source>schtasks cannot be started: {why}.</source>
   <translation>schtasks を起動できません: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/windows.py" />
   <source>schtasks gave no answer.</source>
   <translation>schtasks から返答がありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/windows.py" />
   <source>the Task Manager</source>
   <translation>タスク マネージャー</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/autostart/windows.py" />
   <source>the Task Scheduler</source>
   <translation>タスク スケジューラ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/awake.py" />
   <source>This desktop offers no way to stay awake. Turn sleep off in its settings while a run is going on.</source>
   <translation>このデスクトップではスリープを止められません。実行中はデスクトップの設定でスリープを無効にしてください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/engine_process.py" />
   <source>The engine could not be started: {why}.</source>
   <translation>エンジンを起動できませんでした: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/engine_words.py" />
   <source>The engine ended with code {code} and gave no answer. {last}</source>
   <translation>エンジンは返答せずにコード {code} で終了しました。{last}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/engine_words.py" />
   <source>The engine gave no answer within {n} s.</source>
   <translation>エンジンから {n} 秒以内に返答がありませんでした。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/form_fields.py" />
   <source>A value is needed.</source>
   <translation>値を入れてください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/form_fields.py" />
   <source>A whole number is needed.</source>
   <translation>整数を入れてください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/form_fields.py" />
   <source>It must be a multiple of {n}.</source>
   <translation>{n} の倍数にしてください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/form_fields.py" />
   <source>It must be at least {n}.</source>
   <translation>{n} 以上にしてください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/form_fields.py" />
   <source>It must be at most {n}.</source>
   <translation>{n} 以下にしてください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/form_fields.py" />
   <source>It must be greater than {n}.</source>
   <translation>{n} より大きくしてください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/form_fields.py" />
   <source>It must be less than {n}.</source>
   <translation>{n} より小さくしてください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/form_fields.py" />
   <source>a multiple of {n}</source>
   <translation>{n} の倍数</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/form_fields.py" />
   <source>{value} is no number.</source>
   <translation>{value} は数値ではありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms.py" />
   <source>Back to the value it had</source>
   <translation>元の値に戻す</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms.py" />
   <source>Reset {key}</source>
   <translation>{key} を元に戻す</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms.py" />
   <source>not set</source>
   <translation>未設定</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/hardware.py" />
   <source>CPU</source>
   <translation>CPU</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/hardware.py" />
   <source>GPU</source>
   <translation>GPU</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/hardware.py" />
   <source>GPU memory</source>
   <translation>GPU メモリー</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/hardware.py" />
   <source>Memory</source>
   <translation>メモリー</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/hardware.py" />
   <source>Power</source>
   <translation>電力</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/hardware.py" />
   <source>Temperature</source>
   <translation>温度</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/hardware.py" />
   <source>does not answer</source>
   <translation>応答なし</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/logon.py" />
   <source>"{name}" ({where})</source>
   <translation>「{name}」({where})</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/logon.py" />
   <source>Another program is already running this session. Pause it there.</source>
   <translation>このセッションは別のプログラムが実行中です。一時停止はそちらで行えます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/logon.py" />
   <source>This session cannot be read: {why} Verify it on the Sessions page.</source>
   <translation>このセッションを読めません: {why} セッションのページで検証してください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/logon.py" />
   <source>This session was made by a newer version of SO8T. Install that version to resume it.</source>
   <translation>このセッションは新しいバージョンの SO8T で作られました。再開するには、そのバージョンをインストールしてください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/logon.py" />
   <source>step {n} of {all}</source>
   <translation>ステップ {n}/{all}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/main_window.py" />
   <source>&amp;Quit SO8T</source>
   <translation>SO8T を終了(&amp;Q)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/main_window.py" />
   <source>A run is saved and paused first.</source>
   <translation>実行は先に保存して一時停止します。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/main_window.py" />
   <source>Pages</source>
   <translation>ページ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/notices.py" />
   <source>Reason: {why}.</source>
   <translation>理由: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/notices.py" />
   <source>The report is ready.</source>
   <translation>レポートができました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/notices.py" />
   <source>{name}: finished</source>
   <translation>{name}: 完了</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/notices.py" />
   <source>{name}: paused by itself</source>
   <translation>{name}: 自動で一時停止しました</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/notices.py" />
   <source>{name}: resumed</source>
   <translation>{name}: 再開しました</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/notices.py" />
   <source>{name}: stopped</source>
   <translation>{name}: 停止しました</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/notices.py" />
   <source>{name}: waiting</source>
   <translation>{name}: 待機中</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>&amp;Copy</source>
   <translation>コピー(&amp;C)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>&amp;OK</source>
   <translation>&amp;OK</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>About SO8T</source>
   <translation>SO8T について</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>Asking the engine ...</source>
   <translation>エンジンに問い合わせています ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>Diagnostics</source>
   <translation>診断情報</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>For a bug report. It contains no names, keys or paths below your home folder.</source>
   <translation>不具合の報告用です。名前、キー、ホームフォルダー以下のパスは含みません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>Check &amp;again</source>
   <translation>再確認(&amp;A)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>No program could be found to open {path}.</source>
   <translation>{path} を開くプログラムが見つかりません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>Open the &amp;logs</source>
   <translation>ログを開く(&amp;L)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>Open the &amp;sessions' folder</source>
   <translation>セッションのフォルダーを開く(&amp;S)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>The diagnostics were copied to the clipboard.</source>
   <translation>診断情報をクリップボードにコピーしました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>There is no {path} any more.</source>
   <translation>{path} はもうありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>Turns Phi-3.5 into a model that thinks before it answers, on one gaming PC.</source>
   <translation>ゲーミング PC 1 台で、Phi-3.5 を「答える前に考える」モデルに育てます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>Version {version}, protocol {protocol}</source>
   <translation>バージョン {version}、プロトコル {protocol}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>&amp;All keys</source>
   <translation>すべての項目(&amp;A)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>&amp;Basics</source>
   <translation>基本(&amp;B)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>&amp;Start</source>
   <translation>開始(&amp;S)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>&amp;Undo all changes</source>
   <translation>変更をすべて戻す(&amp;U)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>Asking the engine for its keys ...</source>
   <translation>設定項目をエンジンに問い合わせています ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>Check a&amp;gain</source>
   <translation>再チェック(&amp;G)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>New session</source>
   <translation>新しいセッション</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>Parts of the configuration</source>
   <translation>設定の区分</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>Start although the check &amp;says no</source>
   <translation>チェックで問題があっても開始(&amp;S)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>Start although the check says no</source>
   <translation>チェックで問題があっても開始</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>{source}, changed keys: {n}</source>
   <translation>{source}、変更した項目: {n}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>{source}, unchanged</source>
   <translation>{source}、変更なし</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/run.py" />
   <source>&amp;Cancel</source>
   <translation>キャンセル(&amp;C)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/run.py" />
   <source>Back to the run</source>
   <translation>実行に戻る</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>All states</source>
   <translation>すべての状態</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>Filter by name, state or step</source>
   <translation>名前・状態・ステップで絞り込み</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>Filter sessions</source>
   <translation>セッションを絞り込む</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>Make a &amp;new session</source>
   <translation>新しいセッションを作る(&amp;N)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>No session matches the filter.</source>
   <translation>条件に合うセッションはありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>Select a session; several with Ctrl or Shift to compare their curves.</source>
   <translation>セッションを選んでください。Ctrl または Shift で複数選ぶと曲線を比べられます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>Sessions</source>
   <translation>セッション</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>Show sessions in this state</source>
   <translation>この状態のセッションを表示</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>The folder {path} cannot be read: {why}.</source>
   <translation>フォルダー {path} を読めません: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>The session {name} is no longer there; its folder was moved or deleted.</source>
   <translation>セッション {name} が見つかりません。フォルダーが移動または削除されました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>There are no sessions in {path} yet.</source>
   <translation>{path} にはまだセッションがありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>{n} sessions are no longer there; their folders were moved or deleted.</source>
   <translation>{n} 件のセッションが見つかりません。フォルダーが移動または削除されました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>{n} sessions selected.</source>
   <translation>{n} 件のセッションを選択中。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>{shown} of {all}</source>
   <translation>{all} 件中 {shown} 件</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>&amp;Ask: a notification, and one click resumes it</source>
   <translation>確認する: 通知をクリックすると再開します(&amp;A)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>&amp;Choose ...</source>
   <translation>参照(&amp;C) ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>&amp;Keep the computer awake while it trains</source>
   <translation>学習中はコンピューターをスリープさせない(&amp;K)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>&amp;Notify when a session finishes, fails, or pauses on its own</source>
   <translation>完了、失敗、自動の一時停止を通知する(&amp;N)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>&amp;Resume it after 30 s, which can be cancelled</source>
   <translation>30 秒後に再開する (キャンセルできます)(&amp;R)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Same as the system</source>
   <translation>システムに合わせる</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Dark</source>
   <translation>ダーク</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Folder of the sessions</source>
   <translation>セッションのフォルダー</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>If there is an unfinished session:</source>
   <translation>未完了のセッションがあるとき:</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Keep the computer awake while it trains</source>
   <translation>学習中はコンピューターをスリープさせない</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Language</source>
   <translation>言語</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Lea&amp;ve it alone</source>
   <translation>何もしない(&amp;V)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Light</source>
   <translation>ライト</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Appearance</source>
   <translation>表示</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Notifications</source>
   <translation>通知</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Old sessions stay where they are. A run that is going on is not moved.</source>
   <translation>以前のセッションは今の場所に残ります。実行中のものは移動しません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Processor threads</source>
   <translation>スレッド数</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Settings</source>
   <translation>設定</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Start SO8T at &amp;logon, hidden in the tray</source>
   <translation>ログオン時に SO8T をトレイで起動する(&amp;L)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Start SO8T at logon</source>
   <translation>ログオン時に SO8T を起動する</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Theme</source>
   <translation>テーマ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>When the computer starts</source>
   <translation>コンピューターの起動時</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>as configured</source>
   <translation>設定のまま</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>&amp;Folder of the sessions (trained models need some gigabytes)</source>
   <translation>セッションのフォルダー (学習したモデルには数 GB が必要です)(&amp;F)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>&amp;New session ...</source>
   <translation>新しいセッション(&amp;N) ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>Not now</source>
   <translation>今はしない</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>SO8T teaches a language model of the Phi-3.5 family to think before it answers, on your own computer. Every few minutes it saves everything: a power cut or a restart never costs more than that.</source>
   <translation>SO8T は、あなたのコンピューターで Phi-3.5 系の言語モデルに「答える前に考える」ことを教えます。数分ごとにすべてを保存するので、停電や再起動があっても、失うのは直近の数分だけです。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>Start at &amp;logon, hidden in the tray</source>
   <translation>ログオン時にトレイで起動する(&amp;L)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>Start at logon</source>
   <translation>ログオン時に起動する</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>The demo builds and trains a tiny model from data that comes with SO8T, in a few minutes.</source>
   <translation>デモは、SO8T に付属するデータから小さなモデルを作り、数分で学習させます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>Then one click resumes a run that was cut off. You can turn this off in Settings.</source>
   <translation>そうすれば、中断したところからワンクリックで再開できます。設定でいつでも無効にできます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>Try the &amp;demo</source>
   <translation>デモを試す(&amp;D)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/welcome.py" />
   <source>Welcome to SO8T</source>
   <translation>SO8T へようこそ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/rooms.py" />
   <source>About and diagnostics</source>
   <translation>情報と診断</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/rooms.py" />
   <source>Run</source>
   <translation>実行</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/runner.py" />
   <source>The disk is almost full</source>
   <translation>ディスクの空きがわずかです</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/runner.py" />
   <source>{name} will be resumed in {time}.</source>
   <translation>{name} を {time}後に再開します。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/runner.py" />
   <source>{size} GiB are left on the disk that holds the session.</source>
   <translation>セッションのディスクの空きは {size} GiB です。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>A newer version of SO8T wrote it; this one leaves it untouched. Update SO8T.</source>
   <translation>新しい版の SO8T で作られたもので、この版では手を付けません。SO8T を更新してください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>An engine works on it right now.</source>
   <translation>今、エンジンが処理しています。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Cut off</source>
   <translation>中断</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Damaged</source>
   <translation>破損</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Failed</source>
   <translation>失敗</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Finished</source>
   <translation>完了</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>It is done; the report tells how it went.</source>
   <translation>完了しました。結果はレポートにあります。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>It stopped because of a problem. Resume goes on from the last save once that is solved.</source>
   <translation>問題があって止まりました。解決すれば、最後の保存から再開できます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>It was made, and has done nothing yet. Resume starts it.</source>
   <translation>作成しただけで、まだ何もしていません。再開すると始まります。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Its engine ended without a word, as in a power cut. Resume goes on from the last save.</source>
   <translation>停電などで、エンジンが突然終わりました。最後の保存から再開できます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Its files cannot be read. Verify names the bad ones; nothing was deleted.</source>
   <translation>ファイルを読めません。検証すると壊れたものが分かります。何も削除していません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Last saved</source>
   <translation>最終保存</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Name</source>
   <translation>名前</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Newer version</source>
   <translation>新しい版</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Not started</source>
   <translation>未開始</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Paused</source>
   <translation>一時停止</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Paused ({reason}).</source>
   <translation>一時停止しました ({reason})。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Progress</source>
   <translation>進み</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Resume goes on where it was.</source>
   <translation>再開すると続きから進みます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Running</source>
   <translation>実行中</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Size</source>
   <translation>サイズ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Started</source>
   <translation>開始</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>State</source>
   <translation>状態</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>Step</source>
   <translation>ステップ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>all {n}</source>
   <translation>全 {n} ステップ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/session_rows.py" />
   <source>{n} of {all}: {step}</source>
   <translation>{n}/{all}: {step}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/settings.py" />
   <source>The settings could not be saved in {path}: {why}. They apply until you quit.</source>
   <translation>設定を {path} に保存できませんでした: {why}。終了するまでは有効です。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/settings.py" />
   <source>The settings in {path} are damaged; the defaults are used.</source>
   <translation>{path} の設定は壊れているため、既定の設定を使います。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/settings.py" />
   <source>The settings in {path} cannot be read: {why}.</source>
   <translation>{path} の設定を読めません: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/shell.py" />
   <source>The run continues. Click the icon in the tray to open the window again.</source>
   <translation>実行は続いています。トレイのアイコンからウィンドウを開けます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/spoken.py" />
   <source>en</source>
   <translation>ja</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/start_up.py" />
   <source>An unfinished session</source>
   <translation>未完了のセッション</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/start_up.py" />
   <source>{name} cannot be resumed yet</source>
   <translation>{name} はまだ再開できません</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/start_up.py" />
   <source>{name}: click here to resume it, or use the menu.</source>
   <translation>{name}: ここをクリックするか、メニューから再開できます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/start_up.py" />
   <source>{sentence} You can cancel this in the menu.</source>
   <translation>{sentence} メニューからキャンセルできます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>A power cut now would cost {time}.</source>
   <translation>今停電すると {time}分の作業を失います。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Another program runs it, {where}, {percent}</source>
   <translation>別のプログラムが実行中、{where}、{percent}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Collect</source>
   <translation>収集</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Convert</source>
   <translation>変換</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Evaluate</source>
   <translation>評価</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Failed.</source>
   <translation>失敗しました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Finished.</source>
   <translation>完了しました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Integrate</source>
   <translation>統合</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Nothing is running.</source>
   <translation>実行中のものはありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Nothing was heard of the engine for {time}.</source>
   <translation>エンジンから {time}、何も届いていません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Paused ({reason}), {where}, {percent}</source>
   <translation>一時停止 ({reason})、{where}、{percent}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Paused, {where}, {percent}</source>
   <translation>一時停止、{where}、{percent}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Pausing: saving at the next restart point ...</source>
   <translation>一時停止しています。次の再開点で保存します ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Phase transition: the loss {way} by {size} after update {n}.</source>
   <translation>相転移: 更新 {n} の後、損失が {size} {way}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Right held-out answers: {before} before, {after} after.</source>
   <translation>検証用の問題の正解率: 学習前 {before}、学習後 {after}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Running, {where}, {percent}</source>
   <translation>実行中、{where}、{percent}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Saved {time} ago.</source>
   <translation>{time}前に保存しました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Starting the engine ...</source>
   <translation>エンジンを起動しています ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Stopped by a problem, {where}, {percent}</source>
   <translation>問題で停止、{where}、{percent}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>The engine is replaced; it goes on from the last save in {time}.</source>
   <translation>エンジンを入れ替えています。{time}後に最後の保存から続けます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>The engine printed something that is no message: {line}</source>
   <translation>エンジンがメッセージではないものを出力しました: {line}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>The engine sent a message that cannot be read ({name}).</source>
   <translation>エンジンから読めないメッセージが届きました ({name})。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>The last run was cut off ({cause}): lost {time}, {where}.</source>
   <translation>前回の実行は中断されました ({cause}): 失ったのは {time}、{where}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>The last run was cut off ({cause}); {where}.</source>
   <translation>前回の実行は中断されました ({cause})。{where}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Train</source>
   <translation>学習</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>Waiting: {detail}</source>
   <translation>待機中: {detail}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>alpha {alpha}, loss {loss}</source>
   <translation>alpha {alpha}、損失 {loss}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>batches of answers</source>
   <translation>回答のバッチ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>by you</source>
   <translation>操作による</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>damage on the disk</source>
   <translation>ディスク上の破損</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>error of the GPU</source>
   <translation>GPU のエラー</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>fell</source>
   <translation>下がりました</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>it stood still</source>
   <translation>応答が止まった</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>iterations</source>
   <translation>反復</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>its process crashed</source>
   <translation>プロセスが異常終了した</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>its process was killed</source>
   <translation>プロセスが強制終了された</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>memory ran out</source>
   <translation>メモリ不足</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>no longer bit for bit</source>
   <translation>ここからビット単位では一致しません</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>numbers that were none</source>
   <translation>数値が有限でなくなった</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>phase transition</source>
   <translation>相転移</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>power cut or restart</source>
   <translation>停電または再起動</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>resumed at {step} unit {unit}</source>
   <translation>{step}の {unit} から再開しました</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>rollout batches</source>
   <translation>ロールアウトのバッチ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>rose</source>
   <translation>上がりました</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>shards</source>
   <translation>シャード</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>step {n} of {all}: {step}</source>
   <translation>ステップ {n}/{all}: {step}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>the system was ending</source>
   <translation>システムの終了のため</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>the window was closed</source>
   <translation>ウィンドウが閉じられたため</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>updates</source>
   <translation>更新</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>updates of the base model</source>
   <translation>ベースモデルの更新</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>warm-up updates</source>
   <translation>ウォームアップの更新</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{d} d {h} h</source>
   <translation>{d} 日 {h} 時間</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{h} h {min} min</source>
   <translation>{h} 時間 {min} 分</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{min} min</source>
   <translation>{min} 分</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{min} min {s} s</source>
   <translation>{min} 分 {s} 秒</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{rate} {what} a minute</source>
   <translation>{what}: 毎分 {rate}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{rate} {what} a second</source>
   <translation>{what}: 毎秒 {rate}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{rate} {what} an hour</source>
   <translation>{what}: 毎時 {rate}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{step}: done in {time}.</source>
   <translation>{step}: {time}で完了。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{step}: done.</source>
   <translation>{step}: 完了。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{s} s</source>
   <translation>{s} 秒</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{time} left</source>
   <translation>残り {time}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/texts.py" />
   <source>{time} left (give or take {spread})</source>
   <translation>残り {time} (±{spread})</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>&amp;Do not resume automatically</source>
   <translation>自動では再開しない(&amp;D)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>&amp;Open</source>
   <translation>開く(&amp;O)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>&amp;Pause</source>
   <translation>一時停止(&amp;P)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>&amp;Quit</source>
   <translation>終了(&amp;Q)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>&amp;Quit (the run is saved and paused)</source>
   <translation>終了(&amp;Q) (実行は保存して一時停止します)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>&amp;Resume {what}</source>
   <translation>再開(&amp;R) {what}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>&amp;Settings</source>
   <translation>設定(&amp;S)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>Re&amp;cent sessions</source>
   <translation>最近のセッション(&amp;C)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>Start &amp;new ...</source>
   <translation>新規開始(&amp;N) ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/tray.py" />
   <source>Start at &amp;logon</source>
   <translation>ログオン時に起動(&amp;L)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/alpha_preview.py" />
   <source>Alpha at 0, 25, 50, 75 and 100 % of the updates: {values}</source>
   <translation>更新の 0、25、50、75、100 % での alpha: {values}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/alpha_preview.py" />
   <source>Preview of alpha</source>
   <translation>alpha のプレビュー</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/alpha_preview.py" />
   <source>last update</source>
   <translation>最後の更新</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/alpha_preview.py" />
   <source>start</source>
   <translation>開始</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>&amp;Choose a folder ...</source>
   <translation>フォルダーを選択(&amp;C) ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>A tiny one, built here from the data (to try things out)</source>
   <translation>小さなモデルをデータからここで作る (お試し用)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Algorithm</source>
   <translation>アルゴリズム</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>An existing one: a folder, or an id of the Hugging Face hub</source>
   <translation>既存のモデル: フォルダー、または Hugging Face ハブの ID</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Base model</source>
   <translation>ベースモデル</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Ch&amp;oose ...</source>
   <translation>選択(&amp;O) ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Data</source>
   <translation>データ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Episodes</source>
   <translation>エピソード数</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Folder for the session</source>
   <translation>セッションを置くフォルダー</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Folder of the base model</source>
   <translation>ベースモデルのフォルダー</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Folder or hub id of the base model</source>
   <translation>ベースモデルのフォルダーまたはハブの ID</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>From</source>
   <translation>開始値</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>How long, and where</source>
   <translation>長さと場所</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>How strongly the rotation gates act, update by update.</source>
   <translation>回転ゲートがどれだけ強く働くか。更新ごとに変わります。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Open a &amp;YAML file ...</source>
   <translation>YAML ファイルを開く(&amp;Y) ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Open a configuration</source>
   <translation>設定ファイルを開く</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Over so many updates</source>
   <translation>この更新数をかけて</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Preset</source>
   <translation>プリセット</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Schedule</source>
   <translation>スケジュール</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Seed</source>
   <translation>シード</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Session's folder</source>
   <translation>セッションの場所</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Start from</source>
   <translation>もとにする設定</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Strength of the gates (alpha)</source>
   <translation>ゲートの強さ (alpha)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>To</source>
   <translation>最終値</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Updates</source>
   <translation>更新数</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>Warm-up updates</source>
   <translation>ウォームアップの更新数</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>What it learns from, and what it is asked at the end.</source>
   <translation>何から学び、最後に何を問われるか。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/basics.py" />
   <source>default folder</source>
   <translation>既定のフォルダー</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart.py" />
   <source>Plot of loss and alpha</source>
   <translation>損失と alpha のグラフ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart.py" />
   <source>alpha</source>
   <translation>alpha</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart.py" />
   <source>alpha (dashed)</source>
   <translation>alpha (破線)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart.py" />
   <source>active hours</source>
   <translation>作業時間 (時間)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart.py" />
   <source>loss</source>
   <translation>損失 (loss)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_files.py" />
   <source>After update {n}: {event}</source>
   <translation>更新 {n} の後: {event}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_files.py" />
   <source>No updates yet.</source>
   <translation>まだ更新がありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_files.py" />
   <source>phase</source>
   <translation>段階</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_files.py" />
   <source>reward</source>
   <translation>報酬</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_files.py" />
   <source>right answers</source>
   <translation>正解率</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_files.py" />
   <source>the picture could not be written</source>
   <translation>画像を書き込めませんでした</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_files.py" />
   <source>update</source>
   <translation>更新</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>&amp;Log scale</source>
   <translation>対数目盛(&amp;L)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>Another series below</source>
   <translation>下に表示する系列</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>Always shows the whole run up to the newest update. Dragging or zooming turns this off.</source>
   <translation>常に最新の更新まで全体を表示します。ドラッグや拡大縮小をすると解除されます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>As &amp;words</source>
   <translation>文字で表示(&amp;W)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>By &amp;time</source>
   <translation>時間軸(&amp;T)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>E&amp;xport</source>
   <translation>書き出し(&amp;X)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>Export the plot</source>
   <translation>グラフを書き出す</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>Foll&amp;ow</source>
   <translation>追従(&amp;O)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>Loss and alpha appear with the first update of the training step.</source>
   <translation>損失と alpha は、学習ステップの最初の更新から表示されます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>Loss and alpha only</source>
   <translation>損失と alpha のみ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>S&amp;moothing</source>
   <translation>平滑化(&amp;M)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>Smoothing</source>
   <translation>平滑化</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>The plot as words</source>
   <translation>グラフを文字で表示</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>The plot in words</source>
   <translation>グラフの内容 (文字)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>Times are available after the first save.</source>
   <translation>時間は最初の保存から表示できます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>Written to {path}.</source>
   <translation>{path} に書き出しました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>smoothing weight: {weight}</source>
   <translation>平滑化の重み: {weight}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>with {series}</source>
   <translation>{series}も表示</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_panel.py" />
   <source>{path} could not be written: {why}.</source>
   <translation>{path} に書き込めませんでした: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_words.py" />
   <source>KL (nats per answer)</source>
   <translation>KL (回答あたり nat)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_words.py" />
   <source>base model</source>
   <translation>ベースモデル</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_words.py" />
   <source>interrupted</source>
   <translation>中断</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_words.py" />
   <source>transition</source>
   <translation>相転移</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_words.py" />
   <source>update {n}</source>
   <translation>更新 {n}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/chart_words.py" />
   <source>warm-up</source>
   <translation>ウォームアップ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Add &amp;files ...</source>
   <translation>ファイルを追加(&amp;F) ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Add files</source>
   <translation>ファイルを追加</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Add from &amp;hub</source>
   <translation>ハブから追加(&amp;H)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Data ({kinds});;All files (*)</source>
   <translation>データ ({kinds});;すべてのファイル (*)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Datasets</source>
   <translation>データセット</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>File or hub id</source>
   <translation>ファイルまたはハブ ID</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Files (.jsonl, .json, .csv, .parquet, .txt) and folders can be dropped here, too.</source>
   <translation>ファイル (.jsonl、.json、.csv、.parquet、.txt) とフォルダーはここにドロップもできます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Hub id of a dataset to add</source>
   <translation>追加するデータセットのハブ ID</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Never trained on; only asked at the end</source>
   <translation>学習には使わず、最後に問うだけです</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Only to evaluate</source>
   <translation>評価のみ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Read as</source>
   <translation>読み方</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Remove</source>
   <translation>削除</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>Rows at most</source>
   <translation>行数の上限</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>There is no {path}.</source>
   <translation>{path} がありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>`auto` finds out the form of the records by itself.</source>
   <translation>`auto` はレコードの形を自動で判別します。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>owner/name on the Hugging Face hub</source>
   <translation>Hugging Face ハブの owner/name</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/datasets.py" />
   <source>{path} cannot be read: {why}.</source>
   <translation>{path} を読めません: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/findings.py" />
   <source>Check</source>
   <translation>チェック</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/findings.py" />
   <source>Checking ...</source>
   <translation>チェックしています ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/findings.py" />
   <source>Everything fits.</source>
   <translation>問題はありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/findings.py" />
   <source>Findings of the check</source>
   <translation>チェックの結果</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/findings.py" />
   <source>It can run. To know before: {n}</source>
   <translation>実行できます。知っておくこと: {n}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/findings.py" />
   <source>Show</source>
   <translation>表示</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/findings.py" />
   <source>To correct before it can run: {n}</source>
   <translation>実行の前に直すところ: {n}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/log_view.py" />
   <source>&amp;Engine's log</source>
   <translation>エンジンのログ(&amp;E)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/log_view.py" />
   <source>Search</source>
   <translation>検索</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/log_view.py" />
   <source>Search the log</source>
   <translation>ログを検索</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/log_view.py" />
   <source>The engine's log</source>
   <translation>エンジンのログ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/log_view.py" />
   <source>What &amp;happened</source>
   <translation>履歴(&amp;H)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/log_view.py" />
   <source>What happened</source>
   <translation>履歴</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/run_head.py" />
   <source>&amp;Resume</source>
   <translation>再開(&amp;R)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/run_head.py" />
   <source>Before you turn the computer off</source>
   <translation>電源などを切る前に</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/run_head.py" />
   <source>No session is shown</source>
   <translation>表示中のセッションはありません</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/run_head.py" />
   <source>Open &amp;folder</source>
   <translation>フォルダーを開く(&amp;F)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/run_head.py" />
   <source>Open re&amp;port</source>
   <translation>レポートを開く(&amp;P)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/run_head.py" />
   <source>Progress of the whole run</source>
   <translation>実行全体の進捗</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/run_head.py" />
   <source>Sa&amp;ve now</source>
   <translation>今すぐ保存(&amp;V)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/schema_form.py" />
   <source>General</source>
   <translation>全般</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/schema_form.py" />
   <source>No key fits.</source>
   <translation>該当する項目はありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/schema_form.py" />
   <source>Search a key, for example kl_coef</source>
   <translation>項目を検索 (例: kl_coef)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/schema_form.py" />
   <source>Search the configuration's keys</source>
   <translation>設定項目を検索</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>&amp;Compare curves</source>
   <translation>曲線を比較(&amp;C)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>&amp;Duplicate as new</source>
   <translation>複製して新規(&amp;D)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>&amp;Keep</source>
   <translation>残す(&amp;K)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>&amp;Show</source>
   <translation>表示(&amp;S)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>&amp;Verify</source>
   <translation>検証(&amp;V)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>A new session with the configuration of this one, to be changed before it starts</source>
   <translation>このセッションの設定で新しいセッションを作ります。開始前に変更できます</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>Its curves and steps on the page Run</source>
   <translation>曲線とステップを「実行」のページに表示します</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>Loss and alpha of all selected sessions in one plot</source>
   <translation>選んだすべてのセッションの損失と alpha を 1 つのグラフに表示します</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>Move to &amp;trash</source>
   <translation>ゴミ箱へ(&amp;T)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>Move {what} with everything in it to the trash?</source>
   <translation>{what} を中身ごとゴミ箱に移しますか?</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>Moving {name} to the trash ...</source>
   <translation>{name} をゴミ箱に移しています ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>Reading every file of {name} ...</source>
   <translation>{name} のすべてのファイルを読んでいます ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>Reads every saved file and compares it</source>
   <translation>保存したすべてのファイルを読み、比べます</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>Yes, &amp;move</source>
   <translation>移す(&amp;M)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>{name} has {n} problems:
{first}</source>
   <translation>{name} に {n} 件の問題があります:
{first}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>{name} is in the trash.</source>
   <translation>{name} をゴミ箱に移しました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>{name} is running; pause it before it is moved to the trash.</source>
   <translation>{name} は実行中です。一時停止してからゴミ箱に移してください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>{name}: every file is as it was written.</source>
   <translation>{name}: すべてのファイルが書き込んだときのままです。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/session_actions.py" />
   <source>{n} sessions</source>
   <translation>{n} 件のセッション</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>running</source>
   <translation>実行中</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>done</source>
   <translation>完了</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>stopped here</source>
   <translation>ここで停止</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>not started</source>
   <translation>待機中</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>{n} / {all}</source>
   <translation>{n} / {all}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/window_log.py" />
   <source>An unexpected error occurred in the window ({what}). The run is not affected. The details are in {path}.</source>
   <translation>ウィンドウで予期しないエラーが発生しました ({what})。実行に影響はありません。詳細は {path} にあります。</translation>
  </message>
 </context>
 <context>
  <name>engine</name>
  <message>
   <location filename="engine/so8t_engine/adjust.py" />
   <source>another random order (number {adjustments}) and {adjustments2} of the learning rate (loss or gradient was not finite)</source>
   <translation>別の乱数順序 ({adjustments} 番目) と {adjustments2} 倍の学習率 (損失または勾配が有限の数でなかったため)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/adjust.py" />
   <source>micro-batches divided by {adjustments} (out of memory)</source>
   <translation>マイクロバッチを {adjustments} 分の 1 に (メモリー不足)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/catalog.py" />
   <source>There is no session {name} in {root}.</source>
   <translation>{root} にセッション {name} はありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config.py" />
   <source>4-bit weights cannot be trained as a whole: model.load_in_4bit needs lora.enabled</source>
   <translation>4 ビットの重みは全体を学習できません: model.load_in_4bit には lora.enabled が必要です</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config.py" />
   <source>adapter `columns` needs `columns:` with at least prompt and response</source>
   <translation>adapter `columns` には、少なくとも prompt と response を持つ `columns:` が必要です</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config.py" />
   <source>batch_size must be a multiple of local_rollout_forward_batch_size</source>
   <translation>batch_size は local_rollout_forward_batch_size の倍数でなければなりません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config.py" />
   <source>batch_size must be a multiple of num_mini_batches</source>
   <translation>batch_size は num_mini_batches の倍数でなければなりません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config.py" />
   <source>missing_sections: teacher needs `teacher:`, a model path or hub id</source>
   <translation>missing_sections: teacher には `teacher:` (モデルのパスまたはハブの ID) が必要です</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config.py" />
   <source>two datasets have the same name: {twice}</source>
   <translation>2 つのデータセットが同じ名前です: {twice}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_file.py" />
   <source>There is no file {path}.</source>
   <translation>ファイル {path} がありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_file.py" />
   <source>There is no preset {name}; {hint}</source>
   <translation>プリセット {name} はありません。{hint}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_file.py" />
   <source>a list of entries</source>
   <translation>項目のリスト</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_file.py" />
   <source>datasets.{first} is named {name} too</source>
   <translation>datasets.{first} の名前も {name} です</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_file.py" />
   <source>did you mean {near}?</source>
   <translation>{near} のことですか?</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_file.py" />
   <source>no such line</source>
   <translation>そのような行はありません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_file.py" />
   <source>preset {name}</source>
   <translation>プリセット {name}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_file.py" />
   <source>the list {str} has the entries 0 to {len}, no {part}</source>
   <translation>リスト {str} の項目は 0 から {len} までで、{part} はありません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_file.py" />
   <source>the value {written} is not valid YAML</source>
   <translation>値 {written} は正しい YAML ではありません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_file.py" />
   <source>there are {names}.</source>
   <translation>あるのは {names} です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_file.py" />
   <source>write it as key=value, for example ppo.kl_coef=0.1</source>
   <translation>key=value の形で書いてください (例: ppo.kl_coef=0.1)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_file.py" />
   <source>{path} cannot be read: {reason}.</source>
   <translation>{path} を読めません: {reason}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_file.py" />
   <source>{path} is a folder; name the YAML file in it.</source>
   <translation>{path} はフォルダーです。その中の YAML ファイルを指定してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_file.py" />
   <source>{path} is larger than {MOST_BYTES} bytes; this is no configuration.</source>
   <translation>{path} は {MOST_BYTES} バイトより大きく、設定ファイルではありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_file.py" />
   <source>{path} is not UTF-8 text (byte {start}); save it as UTF-8.</source>
   <translation>{path} は UTF-8 のテキストではありません (バイト {start})。UTF-8 で保存してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_file.py" />
   <source>{str} has no entries</source>
   <translation>{str} には項目がありません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_file.py" />
   <source>{where}:1:1: a configuration is a list of `key: value` lines, this is {values}.</source>
   <translation>{where}:1:1: 設定ファイルは `key: value` の行の集まりですが、これは{values}です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_gate.py" />
   <source>target_modules must name o_proj, down_proj or both, or set enabled: false</source>
   <translation>target_modules には o_proj と down_proj の一方または両方を書くか、enabled: false にしてください</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_gate.py" />
   <source>the band of layers is empty: first {first} lies behind last {last}</source>
   <translation>層の範囲が空です: 始まり {first} が終わり {last} より後にあります</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_group.py" />
   <source>max_steps must be a multiple of {updates}, the updates of one generation</source>
   <translation>max_steps は {updates} (1 回の生成あたりの更新数) の倍数でなければなりません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_group.py" />
   <source>per_device_train_batch_size times steps_per_generation must be a multiple of num_generations</source>
   <translation>per_device_train_batch_size × steps_per_generation は num_generations の倍数でなければなりません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_group.py" />
   <source>steps_per_generation must be a multiple of gradient_accumulation_steps</source>
   <translation>steps_per_generation は gradient_accumulation_steps の倍数でなければなりません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_model.py" />
   <source>name exactly one of model_name_or_path and build</source>
   <translation>model_name_or_path と build のどちらか一方だけを書いてください</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_places.py" />
   <source>a key must be a word</source>
   <translation>キーは単語でなければなりません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_places.py" />
   <source>an alias contains itself</source>
   <translation>エイリアスが自分自身を含んでいます</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_places.py" />
   <source>more than {MOST_NODES} values</source>
   <translation>値が {MOST_NODES} 個を超えています</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_places.py" />
   <source>must be a finite number, not {values}</source>
   <translation>有限の数でなければなりません ({values} は不可)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_places.py" />
   <source>nested too deeply</source>
   <translation>入れ子が深すぎます</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_places.py" />
   <source>not valid YAML:</source>
   <translation>正しい YAML ではありません:</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_places.py" />
   <source>not valid YAML: {splitlines}</source>
   <translation>正しい YAML ではありません: {splitlines}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_places.py" />
   <source>not valid YAML: {str}</source>
   <translation>正しい YAML ではありません: {str}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_places.py" />
   <source>the file is empty</source>
   <translation>ファイルが空です</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_places.py" />
   <source>there twice, in line {seen} and in line {line}; keep one of them</source>
   <translation>{seen} 行目と {line} 行目に 2 回あります。どちらか一方を残してください</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_reward.py" />
   <source>function_weights must have one number per function; there are {counts}</source>
   <translation>function_weights は関数ごとに 1 つの数が必要です: {counts}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_reward.py" />
   <source>functions names the same function twice</source>
   <translation>functions に同じ関数が 2 回あります</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_reward.py" />
   <source>target must be smaller than max: between the two the reward falls from 0 to -1</source>
   <translation>target は max より小さくなければなりません: その間で報酬が 0 から -1 に下がります</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_reward.py" />
   <source>{function_weights} weights for {functions} functions</source>
   <translation>{functions} 個の関数に対して重みが {function_weights} 個あります</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>1 to 40 small letters, digits and -, beginning with a letter or digit</source>
   <translation>1 ～ 40 文字の英小文字・数字・- (先頭は英小文字か数字)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>a list</source>
   <translation>リスト</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>a multiple of {context}</source>
   <translation>{context} の倍数</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>a number</source>
   <translation>数</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>a section</source>
   <translation>セクション</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>a whole number</source>
   <translation>整数</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>at least {context}</source>
   <translation>{context} 以上</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>at most {context}</source>
   <translation>{context} 以下</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>auto, cpu, cuda or cuda:N</source>
   <translation>auto、cpu、cuda、cuda:N のどれか</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>greater than {context}</source>
   <translation>{context} より大きい数</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>less than {context}</source>
   <translation>{context} より小さい数</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>missing; a configuration must have it</source>
   <translation>ありません。設定ファイルに必要です</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>missing; the section {section} must have it</source>
   <translation>ありません。セクション {section} に必要です</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>must be a section with the keys {path}, not {value}</source>
   <translation>キー {path} を持つセクションでなければなりません ({value} は不可)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>must be a whole number, not {value}</source>
   <translation>整数でなければなりません ({value} は不可)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>must be one of {allowed}, not {value}</source>
   <translation>{allowed} のどれかでなければなりません ({value} は不可)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>must be one of {allowed}, not {value}; did you mean {near}?</source>
   <translation>{allowed} のどれかでなければなりません ({value} は不可)。{near} のことですか?</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>must be text, not {value} (put it between quotation marks: "...")</source>
   <translation>文字列でなければなりません ({value} は不可)。引用符で囲んでください: "..."</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>must be {form}, not {value}</source>
   <translation>{form}でなければなりません ({value} は不可)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>must be {limit}, not {value}</source>
   <translation>{limit}でなければなりません ({value} は不可)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>must be {wanted}, not {value}</source>
   <translation>{wanted}でなければなりません ({value} は不可)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>must have at least {context} entry</source>
   <translation>少なくとも {context} 個の項目が必要です</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>of the form {context}</source>
   <translation>{context} の形</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>small letters, digits, _ and -, beginning with a letter or digit</source>
   <translation>英小文字・数字・_・- (先頭は英小文字か数字)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>true or false</source>
   <translation>true か false</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>unknown key here; it belongs under {elsewhere}</source>
   <translation>ここでは使えないキーです。{elsewhere} の下に書いてください</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>unknown key; did you mean {near}?</source>
   <translation>知らないキーです。{near} のことですか?</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/config_words.py" />
   <source>unknown key; there are {there}</source>
   <translation>知らないキーです。使えるのは {there}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/context.py" />
   <source>{what} has changed since this session read it.</source>
   <translation>{what} は、このセッションが読んだ後に変わっています。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/adapters.py" />
   <source>Dataset {name}: category must be one of {known}.</source>
   <translation>データセット {name}: category は {known} のどれかでなければなりません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/adapters.py" />
   <source>Dataset {name}: no adapter {adapter}; {hint}.</source>
   <translation>データセット {name}: adapter {adapter} はありません。{hint}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/generic.py" />
   <source>one paragraph only: nothing to answer</source>
   <translation>段落が 1 つだけで、答える部分がありません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/hub.py" />
   <source>The dataset {path}</source>
   <translation>データセット {path}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/hub.py" />
   <source>{what} cannot be fetched: the Hugging Face Hub does not answer.</source>
   <translation>{what} を取得できません: Hugging Face ハブが応答しません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/hub.py" />
   <source>{what} cannot be read: {chain}.</source>
   <translation>{what} を読めません: {chain}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/hub.py" />
   <source>{what} has no config {config_name} ({text}).</source>
   <translation>{what} に config {config_name} はありません ({text})。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/hub.py" />
   <source>{what} has no revision {revision}.</source>
   <translation>{what} に revision {revision} はありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/hub.py" />
   <source>{what} has no split {split}.</source>
   <translation>{what} に split {split} はありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/hub.py" />
   <source>{what} holds no data files that can be read.</source>
   <translation>{what} に読めるデータファイルがありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/hub.py" />
   <source>{what} is a loading script, which no longer loads; try `revision: {PARQUET_BRANCH}`.</source>
   <translation>{what} は読み込みスクリプトで、もう読み込めません。`revision: {PARQUET_BRANCH}` を試してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/hub.py" />
   <source>{what} is gated or private, and this machine has no access to it.</source>
   <translation>{what} は利用に承認が必要か非公開で、この PC にはアクセス権がありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/hub.py" />
   <source>{what} is not in the cache of this machine, and HF_HUB_OFFLINE forbids fetching it.</source>
   <translation>{what} はこの PC のキャッシュになく、HF_HUB_OFFLINE により取得できません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/hub.py" />
   <source>{what} is not on the Hugging Face Hub (or is private, and HF_TOKEN is not set).</source>
   <translation>{what} は Hugging Face ハブにありません (または非公開で、HF_TOKEN が設定されていません)。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/hub.py" />
   <source>{what} needs a config_name ({text}).</source>
   <translation>{what} には config_name が必要です ({text})。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/lines.py" />
   <source>another number of fields than the header</source>
   <translation>見出し行と列の数が違う</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/lines.py" />
   <source>empty or doubled names</source>
   <translation>列名が空か重複しています</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/lines.py" />
   <source>holds text that is not Unicode</source>
   <translation>Unicode でない文字を含む</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/lines.py" />
   <source>it holds neither an array nor {{"data": [...]}}</source>
   <translation>配列も {{"data": [...]}} も含んでいません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/lines.py" />
   <source>it is nested too deeply</source>
   <translation>入れ子が深すぎます</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/lines.py" />
   <source>it is not JSON (line {lineno}: {msg})</source>
   <translation>JSON ではありません ({lineno} 行目: {msg})</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/lines.py" />
   <source>it is not UTF-8 (byte {start})</source>
   <translation>UTF-8 ではありません (バイト {start})</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/lines.py" />
   <source>it is one JSON document of more than 1 GB; write it as JSON lines</source>
   <translation>1 GB を超える 1 つの JSON 文書です。1 行に 1 件の JSON (JSON Lines) で書いてください</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/lines.py" />
   <source>its header cannot be read ({error})</source>
   <translation>見出し行を読めません ({error})</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/lines.py" />
   <source>its header cannot be used ({reason})</source>
   <translation>見出し行を使えません ({reason})</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/lines.py" />
   <source>longer than collect.max_line_bytes</source>
   <translation>collect.max_line_bytes より長い</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/lines.py" />
   <source>not JSON</source>
   <translation>JSON ではない</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/lines.py" />
   <source>not UTF-8</source>
   <translation>UTF-8 ではない</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/lines.py" />
   <source>not a JSON object</source>
   <translation>JSON オブジェクトではない</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/local.py" />
   <source>(or one of these and .gz)</source>
   <translation>(または末尾に .gz)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/local.py" />
   <source>No file matches</source>
   <translation>一致するファイルがありません:</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/local.py" />
   <source>The folder {path} holds no file that ends in {_endings}.</source>
   <translation>フォルダー {path} に、名前が {_endings} で終わるファイルがありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/local.py" />
   <source>There is no demo dataset named {name}.</source>
   <translation>デモのデータセット {name} はありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/local.py" />
   <source>There is no file or folder</source>
   <translation>ファイルもフォルダーもありません:</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/local.py" />
   <source>There is no file {filename}.</source>
   <translation>ファイル {filename} がありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/local.py" />
   <source>{filename} may not be read (permission denied).</source>
   <translation>{filename} を読む権限がありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/local.py" />
   <source>{path} cannot be used: {error}.</source>
   <translation>{path} は使えません: {error}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/local.py" />
   <source>{path} is damaged or not gzip ({error}).</source>
   <translation>{path} は壊れているか、gzip ではありません ({error})。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/local.py" />
   <source>{path} is no intact Parquet file ({error}).</source>
   <translation>{path} は正しい Parquet ファイルではありません ({error})。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/local.py" />
   <source>{path} is of no known kind; its name should end in {_endings}.</source>
   <translation>{path} は知らない種類のファイルです。名前の末尾は {_endings} のどれかにしてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/local.py" />
   <source>{path} may not be read (permission denied).</source>
   <translation>{path} を読む権限がありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/named.py" />
   <source>no correct solution</source>
   <translation>正しい解がない</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/named.py" />
   <source>no gold answer</source>
   <translation>正解がない</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/named.py" />
   <source>not a reply to a first message</source>
   <translation>最初の発言への返答ではない</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/named.py" />
   <source>not the reply ranked best</source>
   <translation>最も評価の高い返答ではない</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/named.py" />
   <source>options in another form</source>
   <translation>選択肢の形が違う</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/named.py" />
   <source>safety is neither safe nor unsafe</source>
   <translation>安全性が safe でも unsafe でもない</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/provenance.py" />
   <source>In {path} {bad} of {seen} rows are bad, more than {max_bad_fraction}: {examples}.</source>
   <translation>{path} の {seen} 行のうち {bad} 行が不正で、{max_bad_fraction} を超えています: {examples}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/provenance.py" />
   <source>{name}: {skipped} of {seen} rows were skipped ({reasons}); first: {examples}.</source>
   <translation>{name}: {seen} 行のうち {skipped} 行を飛ばしました ({reasons})。最初の例: {examples}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/shards.py" />
   <source>The data of session {name} is not intact: {wrong}.</source>
   <translation>セッション {name} のデータが壊れています: {wrong}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/teacher.py" />
   <source>The teacher failed: {error}.</source>
   <translation>teacher のモデルでエラーが起きました: {error}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/data/teacher.py" />
   <source>The teacher {name} cannot be loaded: {error}.</source>
   <translation>teacher のモデル {name} を読み込めません: {error}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/checkup.py" />
   <source>A layer of Phi-3 has {PROJECTIONS}.</source>
   <translation>Phi-3 の層にあるのは {PROJECTIONS} です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/checkup.py" />
   <source>Choose a local folder with --data-root.</source>
   <translation>--data-root でローカルのフォルダーを選んでください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/checkup.py" />
   <source>Choose from those.</source>
   <translation>その中から選んでください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/checkup.py" />
   <source>GPU: {name}, {total}, {free} free, driver {driver}</source>
   <translation>GPU: {name}、{total}、空き {free}、ドライバー {driver}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/checkup.py" />
   <source>Give your user write access, or choose another folder with --data-root.</source>
   <translation>書き込み権限を付けるか、--data-root で別のフォルダーを選んでください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/checkup.py" />
   <source>It may copy, lock or delay files while a session writes them.</source>
   <translation>セッションが書き込んでいるファイルを、コピー・ロック・遅延させることがあります。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/checkup.py" />
   <source>Memory and disk are not checked.</source>
   <translation>メモリーとディスクは確認していません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/checkup.py" />
   <source>Power cuts and lost connections may lose what a network file system said was saved.</source>
   <translation>停電や接続断で、ネットワークファイルシステムが保存したと報告したものが失われることがあります。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/checkup.py" />
   <source>Sessions live there.</source>
   <translation>セッションはそこに置かれます。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/checkup.py" />
   <source>The size of the base model is not known.</source>
   <translation>ベースモデルの大きさが分かりません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/checkup.py" />
   <source>lora.target_modules names {absent}.</source>
   <translation>lora.target_modules に {absent} とあります。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/checkup.py" />
   <source>{data_root} cannot be written: {trouble}.</source>
   <translation>{data_root} に書き込めません: {trouble}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/checkup.py" />
   <source>{data_root} is synchronised by {service}.</source>
   <translation>{data_root} は {service} が同期しています。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/checkup.py" />
   <source>{data_root} lies on a network file system ({kind}).</source>
   <translation>{data_root} はネットワークファイルシステム ({kind}) の上にあります。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Close other programs that use the GPU.</source>
   <translation>GPU を使っている他のプログラムを閉じてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Close other programs.</source>
   <translation>他のプログラムを閉じてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Delete .venv and run `python3 installer/bootstrap.py run` again: it finds the GPU now.</source>
   <translation>.venv を削除して `python3 installer/bootstrap.py run` をもう一度実行してください。今度は GPU が見つかります。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Disk: about {need} needed, {free} free.</source>
   <translation>ディスク: 約 {need} 必要、空き {free}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Free some space, or set HF_HOME to another disk.</source>
   <translation>空きを増やすか、HF_HOME を別のディスクにしてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Free {free}, or choose another disk with --data-root.</source>
   <translation>{free} 空けるか、--data-root で別のディスクを選んでください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>GPU memory: about {need} needed, {free} free.</source>
   <translation>GPU メモリー: 約 {need} 必要、空き {free}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Install it (`pip install -e ".[cuda]"`), or set model.load_in_4bit: false.</source>
   <translation>インストールする (`pip install -e ".[cuda]"`) か、model.load_in_4bit: false にしてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Lower {smaller}, or set model.load_in_4bit: true.</source>
   <translation>{smaller} を下げるか、model.load_in_4bit: true にしてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Lower {smaller}.</source>
   <translation>{smaller} を下げてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Memory: about {need} needed, {available} available.</source>
   <translation>メモリー: 約 {need} 必要、使用可能 {available}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>No NVIDIA GPU was found.</source>
   <translation>NVIDIA の GPU が見つかりません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Of {name}'s {total} only {free} are free now.</source>
   <translation>{name} の {total} のうち、今空いているのは {free} だけです。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Only {available} of {total} memory are available now.</source>
   <translation>メモリー {total} のうち、今使えるのは {available} だけです。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Python is older than 3.11.</source>
   <translation>Python が 3.11 より古い版です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Python {python}.{python2}, torch {torch}.</source>
   <translation>Python {python}.{python2}、torch {torch}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Results are tested with 2.13 and newer.</source>
   <translation>結果は 2.13 以降で確認しています。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Run `python3 installer/bootstrap.py run` again.</source>
   <translation>`python3 installer/bootstrap.py run` をもう一度実行してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Set model.attn_implementation: sdpa.</source>
   <translation>model.attn_implementation: sdpa にしてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Set runtime.device to one that is there: {there}.</source>
   <translation>runtime.device を、あるもの ({there}) のどれかにしてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Set runtime.device: auto, or model.load_in_4bit: false.</source>
   <translation>runtime.device: auto にするか、model.load_in_4bit: false にしてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Start with `python3.11 installer/bootstrap.py`.</source>
   <translation>`python3.11 installer/bootstrap.py` で始めてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>The GPU of this machine is not used.</source>
   <translation>この PC の GPU は使われません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>The base model is {cache} and is downloaded to there.</source>
   <translation>ベースモデルは {cache} で、そこにダウンロードされます。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>The run needs about {need}: {items}.</source>
   <translation>この実行には約 {need} 必要です: {items}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>The session needs about {need}: {items}, download {cache}.</source>
   <translation>このセッションには約 {need} 必要です: {items}、ダウンロード {cache}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>The session needs about {need}: {items}.</source>
   <translation>このセッションには約 {need} 必要です: {items}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>There is no GPU number {index}.</source>
   <translation>GPU 番号 {index} はありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>This machine has {total} of memory.</source>
   <translation>この PC のメモリーは {total} です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>This run computes on the CPU.</source>
   <translation>この実行は CPU で計算します。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Use a machine with an NVIDIA GPU.</source>
   <translation>NVIDIA の GPU がある PC を使ってください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Use a machine with one (and its driver), or set {other}; `so8t run --preset demo` runs anywhere.</source>
   <translation>GPU (とドライバー) のある PC を使うか、{other} にしてください。`so8t run --preset demo` はどこでも動きます。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>Use a smaller model or batch.</source>
   <translation>もっと小さなモデルかバッチを使ってください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>bitsandbytes is not installed.</source>
   <translation>bitsandbytes がインストールされていません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>flash-attn is not installed.</source>
   <translation>flash-attn がインストールされていません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>model.attn_implementation is flash_attention_2.</source>
   <translation>model.attn_implementation が flash_attention_2 です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>model.load_in_4bit needs a CUDA GPU.</source>
   <translation>model.load_in_4bit には CUDA の GPU が必要です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>model.load_in_4bit needs it.</source>
   <translation>model.load_in_4bit に必要です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>runtime.device is cpu.</source>
   <translation>runtime.device が cpu です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>torch is a CPU build.</source>
   <translation>torch が CPU 版です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>torch is not installed.</source>
   <translation>torch がインストールされていません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>torch is {torch}.</source>
   <translation>torch は {torch} です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>{cache_folder} has only {free_cache} free.</source>
   <translation>{cache_folder} の空きは {free_cache} だけです。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>{data_root} has only {free} of free space.</source>
   <translation>{data_root} の空きは {free} だけです。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>{name} has {total} of memory.</source>
   <translation>{name} のメモリーは {total} です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>{name}, driver {driver}, torch for CUDA {torch_cuda}.</source>
   <translation>{name}、ドライバー {driver}、CUDA {torch_cuda} 用の torch。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>{needing} asks for it.</source>
   <translation>{needing} がそれを指定しています。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>{needing} needs one.</source>
   <translation>{needing} に必要です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>{needing} needs the CUDA build.</source>
   <translation>{needing} には CUDA 版が必要です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/fitness.py" />
   <source>{parameters} billion parameters without a GPU take months.</source>
   <translation>{parameters}B パラメーターは、GPU なしでは何か月もかかります。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/memory.py" />
   <source>allocator reserve</source>
   <translation>アロケーターの余裕</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/memory.py" />
   <source>base model</source>
   <translation>ベースモデル</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/memory.py" />
   <source>evaluation (keys and values)</source>
   <translation>評価 (キーと値)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/memory.py" />
   <source>optimizer moments</source>
   <translation>オプティマイザーのモーメント</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/memory.py" />
   <source>rollouts (keys and values)</source>
   <translation>ロールアウト (キーと値)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/memory.py" />
   <source>trained parameters</source>
   <translation>学習するパラメーター</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/memory.py" />
   <source>updates (gradients, activations, logits)</source>
   <translation>更新 (勾配、活性、ロジット)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/memory.py" />
   <source>warm-up (gradients, activations, logits)</source>
   <translation>ウォームアップ (勾配、活性、ロジット)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/model_files.py" />
   <source>has no chat template</source>
   <translation>にチャットテンプレートがありません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/model_files.py" />
   <source>has no room for the {TAGS} section tags: the last would be number {highest}, of {rows} rows</source>
   <translation>に {TAGS} 個のセクションタグが入りません: 最後は {highest} 番になりますが、{rows} 行しかありません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/model_files.py" />
   <source>lacks the chat tokens {absent}</source>
   <translation>にチャットトークン {absent} がありません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/needs.py" />
   <source>PPO's reference</source>
   <translation>PPO の参照</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/needs.py" />
   <source>built model</source>
   <translation>作成したモデル</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/needs.py" />
   <source>collected data</source>
   <translation>収集したデータ</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/needs.py" />
   <source>copies for saves</source>
   <translation>保存用のコピー</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/needs.py" />
   <source>final model</source>
   <translation>最終モデル</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/needs.py" />
   <source>kept checkpoints</source>
   <translation>残すチェックポイント</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/needs.py" />
   <source>merged model</source>
   <translation>統合済みモデル</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/needs.py" />
   <source>program libraries</source>
   <translation>ライブラリー</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/reward_files.py" />
   <source>A reward model has one.</source>
   <translation>報酬モデルの出力は 1 個です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/reward_files.py" />
   <source>Choose another reward.model.</source>
   <translation>別の reward.model を選んでください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/reward_files.py" />
   <source>Correct it.</source>
   <translation>直してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/reward_files.py" />
   <source>Correct reward.model, or fetch it again.</source>
   <translation>reward.model を直すか、もう一度取得してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/reward_files.py" />
   <source>Correct reward.model.</source>
   <translation>reward.model を直してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/reward_files.py" />
   <source>Put {split}.py there.</source>
   <translation>そこに {split}.py を置いてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/reward_files.py" />
   <source>The reward model {folder} has no readable config.json.</source>
   <translation>報酬モデル {folder} に読める config.json がありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/reward_files.py" />
   <source>The reward model {folder} has no safetensors file.</source>
   <translation>報酬モデル {folder} に safetensors ファイルがありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/reward_files.py" />
   <source>The reward model {folder} has {labels} outputs.</source>
   <translation>報酬モデル {folder} の出力は {labels} 個です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/reward_files.py" />
   <source>The reward model {folder}: {cut} is cut off or damaged.</source>
   <translation>報酬モデル {folder}: {cut} が途切れているか壊れています。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/reward_files.py" />
   <source>There is no reward model folder {name_or_path}.</source>
   <translation>報酬モデルのフォルダー {name_or_path} がありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/reward_files.py" />
   <source>There is no reward module {module} in {folders}, nor is one installed.</source>
   <translation>報酬モジュール {module} が {folders} になく、インストールもされていません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/reward_files.py" />
   <source>Write it, or name one of {public}.</source>
   <translation>それを書くか、{public} のどれかを指定してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/reward_files.py" />
   <source>Write it.</source>
   <translation>それを書いてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/reward_files.py" />
   <source>reward.functions names {name}.</source>
   <translation>reward.functions に {name} とあります。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/reward_files.py" />
   <source>{name} has no function {function}.</source>
   <translation>{name} に関数 {function} がありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/reward_files.py" />
   <source>{name}, line {lineno}: this is not valid Python ({msg}).</source>
   <translation>{name} の {lineno} 行目: 正しい Python ではありません ({msg})。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/reward_files.py" />
   <source>{path} cannot be read: {error}.</source>
   <translation>{path} を読めません: {error}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>A gate turns blocks of 8.</source>
   <translation>ゲートは 8 個ずつのブロックを回転します。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>Choose a model with Phi-3's tokenizer.</source>
   <translation>Phi-3 のトークナイザーを持つモデルを選んでください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>Choose a phi3 model.</source>
   <translation>phi3 のモデルを選んでください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>Complete the folder, or correct model.model_name_or_path.</source>
   <translation>フォルダーの中身をそろえるか、model.model_name_or_path を直してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>Convert them to safetensors.</source>
   <translation>safetensors に変換してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>Correct model.model_name_or_path: a folder, or a hub id like microsoft/Phi-3.5-mini-instruct.</source>
   <translation>model.model_name_or_path を直してください: フォルダー、または microsoft/Phi-3.5-mini-instruct のようなハブの ID。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>Fetch the model again.</source>
   <translation>モデルをもう一度取得してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>Gates, tags and export are made for Phi-3 and Phi-3.5.</source>
   <translation>ゲート、タグ、書き出しは Phi-3 と Phi-3.5 用です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>HF_HUB_OFFLINE forbids fetching it.</source>
   <translation>HF_HUB_OFFLINE により取得できません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>Lower them to {context} together.</source>
   <translation>合わせて {context} まで下げてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>Pickled weights can run any program when they are opened, and are never read.</source>
   <translation>pickle の重みは、開くだけで任意のプログラムを実行できるため、決して読みません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>Set gate.enabled: false.</source>
   <translation>gate.enabled: false にしてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>The config.json of {name} is not valid JSON.</source>
   <translation>{name} の config.json は正しい JSON ではありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>The model {name} is not in the cache.</source>
   <translation>モデル {name} はキャッシュにありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>The model {name} is there: {parameters} billion parameters.</source>
   <translation>モデル {name} があります: {parameters}B パラメーター。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>The model {name} lacks {gone}.</source>
   <translation>モデル {name} に {gone} がありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>The model {name} will be fetched from the Hugging Face Hub.</source>
   <translation>モデル {name} は Hugging Face ハブから取得します。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>The tokenizer of {name} {trouble}.</source>
   <translation>{name} のトークナイザー{trouble}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>There is no model folder {name}.</source>
   <translation>モデルのフォルダー {name} がありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>Training needs Phi-3's chat format and 14 new tokens in it.</source>
   <translation>学習には Phi-3 のチャット形式と 14 個の新しいトークンが必要です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>Unset HF_HUB_OFFLINE once to fetch it, or name a local folder.</source>
   <translation>一度だけ HF_HUB_OFFLINE を外して取得するか、ローカルのフォルダーを指定してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>warmup.max_length, or the lengths of a prompt and its answer under {algorithm}, need {wanted}.</source>
   <translation>warmup.max_length、または {algorithm} の質問と回答の長さには {wanted} 必要です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>{name} has a context of {context} tokens.</source>
   <translation>{name} の文脈長は {context} トークンです。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>{name} has hidden size {hidden}.</source>
   <translation>{name} の hidden size は {hidden} です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>{name} has its weights only as {pickled}.</source>
   <translation>{name} の重みは {pickled} の形でしかありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>{name} is a {kind} model.</source>
   <translation>{name} は {kind} のモデルです。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/doctor/weights.py" />
   <source>{name}: {cut} is cut off or damaged.</source>
   <translation>{name}: {cut} が途切れているか壊れています。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Accept its terms on huggingface.co, set HF_TOKEN, then `so8t resume`.</source>
   <translation>huggingface.co で利用条件に同意し、HF_TOKEN を設定してから「再開」(`so8t resume`) してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Change what is named above, or go on all the same with --force.</source>
   <translation>上の点を変えるか、--force でそのまま進めてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Check convert.teacher, or leave out missing sections.</source>
   <translation>convert.teacher を確認するか、足りないセクションを省いてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Check its id or path in the configuration.</source>
   <translation>設定の ID またはパスを確認してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Check model.model_name_or_path; a hub model needs a connection once.</source>
   <translation>model.model_name_or_path を確認してください。ハブのモデルは一度だけ接続が必要です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Check the connection, then `so8t resume`; what is there is kept.</source>
   <translation>接続を確認してから「再開」(`so8t resume`) してください。取得済みのものは残っています。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Check the disk (cable, SMART values, free space), then `so8t resume`.</source>
   <translation>ディスク (ケーブル、SMART 値、空き) を確認してから、「再開」(`so8t resume`) してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Check the path.</source>
   <translation>パスを確認してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Choose a Phi-3-like base model, or change the settings named above.</source>
   <translation>Phi-3 系のベースモデルを選ぶか、上の設定を変えてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Close other programs that use the GPU, or shorten the sequences in a new session.</source>
   <translation>GPU を使っている他のプログラムを閉じるか、新しいセッションで系列を短くしてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Correct the places named above; `so8t config check FILE` checks again.</source>
   <translation>上の箇所を直してください。`so8t config check FILE` でもう一度確認できます。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Correct the reward function, then `so8t resume`; nothing is lost.</source>
   <translation>報酬関数を直してから「再開」(`so8t resume`) してください。何も失われていません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Free the space named above, then `so8t resume`.</source>
   <translation>上に書かれた空きを作ってから、「再開」(`so8t resume`) してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Give it more data, or loosen the limits under `integrate`.</source>
   <translation>データを増やすか、`integrate` の制限をゆるめてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Give your user write access, or choose another with --data-root.</source>
   <translation>書き込み権限を付けるか、--data-root で別のフォルダーを選んでください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>If it comes again: restart the computer, update the driver, undo overclocking.</source>
   <translation>また起きたら: PC を再起動し、ドライバーを更新し、オーバークロックを戻してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Install SO8T with its window; every other command works without it.</source>
   <translation>SO8T をウィンドウ付きでインストールしてください。他のコマンドはこのままでも動きます。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Its report is in the session folder; `so8t run` starts a new one.</source>
   <translation>レポートはセッションのフォルダーにあります。「新規開始」(`so8t run`) で新しく始められます。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Lower the learning rate in a new session; the checkpoints before are kept.</source>
   <translation>新しいセッションで学習率を下げてください。それまでのチェックポイントは残っています。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Make the folder writable, or choose another with --data-root.</source>
   <translation>フォルダーを書き込み可能にするか、--data-root で別のフォルダーを選んでください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Name the columns in the configuration (adapter: columns).</source>
   <translation>設定で列の名前を指定してください (adapter: columns)。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Nothing that was saved is lost; `so8t resume` tries again. The log has the details.</source>
   <translation>保存されたものは何も失われていません。「再開」(`so8t resume`) でもう一度試します。詳しくはログにあります。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Nothing was deleted. Delete the folder itself if nobody needs it any more.</source>
   <translation>何も削除していません。もう必要なければ、フォルダーを直接削除してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Nothing was deleted. `so8t verify SESSION` names the bad files; `so8t resume SESSION --from-start` begins this session again from its first step.</source>
   <translation>何も削除していません。「検証」(`so8t verify SESSION`) で壊れたファイルが分かります。`so8t resume SESSION --from-start` で、このセッションを最初のステップからやり直せます。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Put a classifier with one output there, then `so8t resume`.</source>
   <translation>出力が 1 個の分類モデルをそこに置いてから「再開」(`so8t resume`) してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Put the original back, or `so8t resume SESSION --accept-changes`: it goes on, and the history notes that it is no longer exact.</source>
   <translation>元に戻すか、`so8t resume SESSION --accept-changes` で続けてください。その場合、もう厳密には同じでないことが履歴に残ります。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Remove the link, or copy the real files into its place.</source>
   <translation>リンクを取り除くか、実際のファイルをその場所にコピーしてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Repair the lines named above, or raise collect.max_bad_fraction in a new session.</source>
   <translation>上の行を直すか、新しいセッションで collect.max_bad_fraction を上げてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>See `so8t --help`.</source>
   <translation>`so8t --help` を見てください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>The log has what it last said; check memory and driver, then `so8t resume`.</source>
   <translation>最後の出力はログにあります。メモリーとドライバーを確認してから「再開」(`so8t resume`) してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>The log shows where it hung. Raise runtime.stuck_seconds in a new session if it was slow.</source>
   <translation>どこで止まったかはログにあります。単に遅かった場合は、新しいセッションで runtime.stuck_seconds を上げてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>The trained weights are safe; `so8t resume` tries this step again.</source>
   <translation>学習した重みは無事です。「再開」(`so8t resume`) でこのステップをやり直します。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Update SO8T; the session was left untouched.</source>
   <translation>SO8T を更新してください。セッションには手を付けていません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Use the id as `so8t sessions` prints it.</source>
   <translation>`so8t sessions` が表示する ID を使ってください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>Wait for it, or pause it where it runs.</source>
   <translation>終わるのを待つか、実行している側で一時停止してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>`so8t presets` lists the presets there are.</source>
   <translation>`so8t presets` でプリセットの一覧が出ます。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>`so8t resume SESSION` goes on with it.</source>
   <translation>「再開」(`so8t resume SESSION`) で続きを実行します。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>`so8t resume` goes on in another order and at a lower learning rate.</source>
   <translation>「再開」(`so8t resume`) すると、別の順序と低い学習率で続けます。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>`so8t resume` goes on with smaller micro-batches.</source>
   <translation>「再開」(`so8t resume`) すると、より小さなマイクロバッチで続けます。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/errors.py" />
   <source>`so8t sessions` lists the sessions there are.</source>
   <translation>`so8t sessions` でセッションの一覧が出ます。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/evaluate/llama.py" />
   <source>llama.cpp cannot be asked on this machine: {error}.</source>
   <translation>この PC では llama.cpp に質問できません: {error}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/evaluate/llama.py" />
   <source>llama.cpp could not be asked: {__name__}: {error}.</source>
   <translation>llama.cpp に質問できませんでした: {__name__}: {error}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/evaluate/llama.py" />
   <source>llama.cpp could not load {name}: {error}.</source>
   <translation>llama.cpp が {name} を読み込めませんでした: {error}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/evaluate/llama.py" />
   <source>llama.cpp ended with code {code}.</source>
   <translation>llama.cpp がコード {code} で終了しました。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/evaluate/llama.py" />
   <source>llama.cpp ended with code {code}: {last}.</source>
   <translation>llama.cpp がコード {code} で終了しました: {last}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/evaluate/llama.py" />
   <source>llama.cpp gave no answer within {timeout} seconds.</source>
   <translation>llama.cpp が {timeout} 秒以内に答えませんでした。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/export/fold.py" />
   <source>The base model has no tensor {missing} to merge the training into.</source>
   <translation>ベースモデルに、学習結果の統合先のテンソル {missing} がありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/export/fold.py" />
   <source>The base model {name} has no safetensors files to merge into.</source>
   <translation>ベースモデル {name} に、統合先の safetensors ファイルがありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/export/gguf_vocabulary.py" />
   <source>GGUF files can be written for BPE tokenizers, not for {value}.</source>
   <translation>GGUF ファイルを書けるのは BPE トークナイザーで、{value} では書けません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/export/gguf_vocabulary.py" />
   <source>The token {token} has no embedding row ({number} of {rows}).</source>
   <translation>トークン {token} に対応する埋め込み行がありません ({rows} 行のうち {number} 番)。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/export/gguf_vocabulary.py" />
   <source>The tokenizer cuts text in a way that llama.cpp's `gpt-2` rule does not.</source>
   <translation>トークナイザーの分割のしかたが、llama.cpp の `gpt-2` 規則と違います。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/export/gguf_vocabulary.py" />
   <source>The tokenizer in {name} cannot be read: {error}.</source>
   <translation>{name} のトークナイザーを読めません: {error}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/export/gguf_vocabulary.py" />
   <source>The tokenizer's vocabulary is larger than the model's {rows} embedding rows.</source>
   <translation>トークナイザーの語彙が、モデルの埋め込み {rows} 行より大きくなっています。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/export/gguf_vocabulary.py" />
   <source>The tokenizer's {SENTENCEPIECE_MODEL} is missing beside the base model.</source>
   <translation>ベースモデルの隣にトークナイザーの {SENTENCEPIECE_MODEL} がありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/export/gguf_writer.py" />
   <source>GGUF files can be written for phi3 models, not for {value}.</source>
   <translation>GGUF ファイルを書けるのは phi3 のモデルで、{value} では書けません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/export/gguf_writer.py" />
   <source>GGUF type {kind} cannot be written; there are {FILE_TYPES}.</source>
   <translation>GGUF の型 {kind} は書けません。書けるのは {FILE_TYPES} です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/export/gguf_writer.py" />
   <source>The model has a tensor {source}, which the GGUF architecture phi3 does not know.</source>
   <translation>モデルのテンソル {source} は、GGUF の phi3 アーキテクチャにありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/files.py" />
   <source>A folder is needed where a file lies. {what}</source>
   <translation>フォルダーが必要な場所にファイルがあります。{what}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/files.py" />
   <source>The disk is full. {what}</source>
   <translation>ディスクがいっぱいです。{what}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/files.py" />
   <source>The disk is read-only. {what}</source>
   <translation>ディスクが読み取り専用です。{what}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/files.py" />
   <source>The disk reported an error. {what}</source>
   <translation>ディスクがエラーを報告しました。{what}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/files.py" />
   <source>Writing is not allowed. {what}</source>
   <translation>書き込みが許可されていません。{what}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/files.py" />
   <source>{path} has lost its end: {size} bytes where {at} were written.</source>
   <translation>{path} の末尾が失われています: {at} バイト書いたのに {size} バイトしかありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/host.py" />
   <source>Name a configuration file or a preset, one of the two.</source>
   <translation>設定ファイルとプリセットのどちらか一方を指定してください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/host.py" />
   <source>See `so8t-engine --help`.</source>
   <translation>`so8t-engine --help` を見てください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/host.py" />
   <source>There is no unfinished session in {root}.</source>
   <translation>{root} に未完了のセッションはありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/host.py" />
   <source>This machine cannot run {name} as it is configured:
{lines}</source>
   <translation>この PC では、{name} を今の設定のままでは実行できません:
{lines}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/intact.py" />
   <source>{name} is a link, not a session folder.</source>
   <translation>{name} はリンクで、セッションのフォルダーではありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/intact.py" />
   <source>{session} in session {name} is a link.</source>
   <translation>セッション {name} の {session} はリンクです。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/lock.py" />
   <source>Session {name} already runs in process {value}.</source>
   <translation>セッション {name} はすでにプロセス {value} で実行中です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/manifest.py" />
   <source>cannot be read ({strerror})</source>
   <translation>読めません ({strerror})</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/manifest.py" />
   <source>its content has changed since it was written</source>
   <translation>書き込み後に内容が変わっています</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/manifest.py" />
   <source>{NAME} does not match its own digest</source>
   <translation>{NAME} が自身のダイジェストと合いません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/manifest.py" />
   <source>{NAME} has the wrong shape</source>
   <translation>{NAME} の形が違います</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/manifest.py" />
   <source>{NAME} is missing or torn</source>
   <translation>{NAME} がないか途切れています</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/manifest.py" />
   <source>{NAME} names a path outside its folder: {name}</source>
   <translation>{NAME} がフォルダーの外のパスを指しています: {name}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/manifest.py" />
   <source>{st_size} bytes where {size} were written</source>
   <translation>{size} バイト書いたのに {st_size} バイトです</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/pipeline.py" />
   <source>Going back to the last save did not help.</source>
   <translation>最後の保存に戻っても解決しませんでした。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/pipeline.py" />
   <source>It goes back to the last save.</source>
   <translation>最後の保存に戻ります。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/pipeline.py" />
   <source>It goes on with half the micro-batch.</source>
   <translation>マイクロバッチを半分にして続けます。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/pipeline.py" />
   <source>No micro-batch can be made smaller.</source>
   <translation>マイクロバッチはこれ以上小さくできません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/pipeline.py" />
   <source>Session {name} is finished.</source>
   <translation>セッション {name} は完了しています。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/pipeline.py" />
   <source>Something unexpected happened in step {step}: {__name__}: {error}</source>
   <translation>ステップ {step} で予期しないことが起きました: {__name__}: {error}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/pipeline.py" />
   <source>The GPU or its driver failed:</source>
   <translation>GPU またはドライバーでエラーが起きました:</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/pipeline.py" />
   <source>The memory did not suffice:</source>
   <translation>メモリーが足りませんでした:</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/pipeline.py" />
   <source>The run goes on with {why}: results differ from those of an untouched run.</source>
   <translation>{why}で続行します: 結果は、中断のない実行とは異なります。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/questions.py" />
   <source>{path} cannot be read: {strerror}.</source>
   <translation>{path} を読めません: {strerror}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/saves.py" />
   <source>The last save failed ({__name__}: {error}); the one before stands.</source>
   <translation>最後の保存に失敗しました ({__name__}: {error})。その前の保存は有効です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/saves.py" />
   <source>{detail} The last save was given up; the one before stands.</source>
   <translation>{detail} 最後の保存は中止しました。その前の保存は有効です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/saves.py" />
   <source>{detail} The run goes on until the next save is due, then it waits.</source>
   <translation>{detail} 次の保存の時刻まで実行を続け、その後は待ちます。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/saves.py" />
   <source>{detail} This save was skipped; the next one is tried as usual.</source>
   <translation>{detail} 今回の保存は見送りました。次の保存はいつもどおり試みます。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/state.py" />
   <source>{what} was written by a newer SO8T (format {body}, this one knows {FORMAT_VERSION}).</source>
   <translation>{what} は新しい版の SO8T が書いたものです (形式 {body}、この版が知っているのは {FORMAT_VERSION})。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/collect.py" />
   <source>{path} holds no rows.</source>
   <translation>{path} に行がありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/integrate.py" />
   <source>No adapter fits</source>
   <translation>合う adapter がありません:</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/integrate.py" />
   <source>No record is held out: the evaluation will have nothing to measure with.</source>
   <translation>評価用に取り分けた記録がありません: 評価で測るものがなくなります。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/integrate.py" />
   <source>No training record is left ({join}).</source>
   <translation>学習用の記録が残っていません ({join})。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/integrate.py" />
   <source>The adapter {adapter} does not fit</source>
   <translation>adapter {adapter} が合いません:</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/integrate.py" />
   <source>The data of session {name} is not intact: {name2}.</source>
   <translation>セッション {name} のデータが壊れています: {name2}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/integrate.py" />
   <source>a duplicate</source>
   <translation>重複</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/integrate.py" />
   <source>an empty field</source>
   <translation>項目が空</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/integrate.py" />
   <source>another shape</source>
   <translation>形が違う</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/integrate.py" />
   <source>holds tags of the thinking format or of a chat template</source>
   <translation>思考形式またはチャットテンプレートのタグを含む</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/integrate.py" />
   <source>its language is not in integrate.languages</source>
   <translation>言語が integrate.languages にない</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/integrate.py" />
   <source>its prompt is in an evaluation source</source>
   <translation>質問が評価用データにある</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/integrate.py" />
   <source>its prompt is longer than integrate.max_prompt_chars</source>
   <translation>質問が integrate.max_prompt_chars より長い</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/integrate.py" />
   <source>its response is longer than integrate.max_response_chars</source>
   <translation>回答が integrate.max_response_chars より長い</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/integrate.py" />
   <source>there were none</source>
   <translation>もともと 0 件</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/integrate.py" />
   <source>{adapter} the rows of {path}; their columns are {first}.</source>
   <translation>{adapter} {path} の行。列は {first} です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/integrate.py" />
   <source>{name} is no shard of this program.</source>
   <translation>{name} はこのプログラムのデータファイルではありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/integrate.py" />
   <source>{source}: {one} kept, dropped {reasons}</source>
   <translation>{source}: {one} 件を採用、除外は {reasons}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/train.py" />
   <source>4-bit weights need a CUDA device; the base model is loaded in float32.</source>
   <translation>4 ビットの重みには CUDA デバイスが必要です。ベースモデルは float32 で読み込みます。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/train.py" />
   <source>Resumed under other conditions ({changed}): results may differ in last digits.</source>
   <translation>別の条件で再開しました ({changed}): 結果の末尾の桁が異なることがあります。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/train.py" />
   <source>Since the last run {why}: from here on rewards are the new ones.</source>
   <translation>前回の実行の後、{why}: ここからは新しい報酬です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/train.py" />
   <source>The base model</source>
   <translation>ベースモデル</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/train.py" />
   <source>The reward model</source>
   <translation>報酬モデル</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/train.py" />
   <source>There is no training example left after the data steps.</source>
   <translation>データのステップの後、学習例が残っていません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/train.py" />
   <source>Training runs on the CPU, in float32; model.dtype applies to a GPU.</source>
   <translation>学習は CPU 上で、float32 で行います。model.dtype は GPU で使うときのものです。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/steps/train.py" />
   <source>a reward function was changed</source>
   <translation>報酬関数が変わりました</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/store.py" />
   <source>No checkpoint of session {name} is intact.</source>
   <translation>セッション {name} に無傷のチェックポイントがありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/store.py" />
   <source>Session {name} has no readable state.</source>
   <translation>セッション {name} に読める状態ファイルがありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/store.py" />
   <source>{session} is not a session id (letters, digits and hyphens).</source>
   <translation>{session} はセッション ID ではありません (英数字とハイフン)。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/supervise.py" />
   <source>The engine gave no sign of life for {silence} seconds; its process was ended.</source>
   <translation>エンジンが {silence} 秒間反応しなかったため、プロセスを終了しました。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/supervise.py" />
   <source>The engine's process asked to be replaced.</source>
   <translation>エンジンのプロセスが交代を求めました。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/supervise.py" />
   <source>The engine's process crashed (code 0x{code}).</source>
   <translation>エンジンのプロセスがクラッシュしました (コード 0x{code})。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/supervise.py" />
   <source>The engine's process was ended by {code}.</source>
   <translation>エンジンのプロセスが {code} で終了しました。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/supervise.py" />
   <source>asked by the window</source>
   <translation>ウィンドウからの指示</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/supervise.py" />
   <source>signal {number}</source>
   <translation>シグナル {number}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/supervise.py" />
   <source>the system asked to stop</source>
   <translation>システムの要求</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/supervise.py" />
   <source>the window closed</source>
   <translation>ウィンドウが閉じた</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/supervise.py" />
   <source>{attempts} new processes got no further.</source>
   <translation>{attempts} 回プロセスを替えても先に進みませんでした。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/supervise.py" />
   <source>{name} (a crash in native code)</source>
   <translation>{name} (ネイティブコードでのクラッシュ)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/supervise.py" />
   <source>{name}, as the system does when memory runs out</source>
   <translation>{name} (メモリー不足のときにシステムが行うこと)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/base.py" />
   <source>The base model built in this session cannot be read: {problems}.</source>
   <translation>このセッションで作ったベースモデルを読めません: {problems}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/base.py" />
   <source>{name} has a context of {max_position_embeddings} tokens, the settings need {longest}.</source>
   <translation>{name} の文脈長は {max_position_embeddings} トークンですが、設定には {longest} 必要です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/base.py" />
   <source>{name} has hidden size {hidden_size}, not a multiple of {BLOCK}.</source>
   <translation>{name} の hidden size は {hidden_size} で、{BLOCK} の倍数ではありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/base.py" />
   <source>{name} is a {shape} model, not a phi3.</source>
   <translation>{name} は {shape} のモデルで、phi3 ではありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/cycles.py" />
   <source>With {upper} a save is possible only between generations, and one with its updates takes {seconds} s here: so much more than the interval may be lost.</source>
   <translation>{upper} では生成と生成の間でしか保存できません。ここでは更新を含めて 1 回に {seconds} 秒かかるため、その分だけ間隔より多く失うことがあります。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/gate.py" />
   <source>The gate on {name} is no exact rotation any more: off by {worst} (a warning from {ORTHOGONALITY_WARNING}).</source>
   <translation>{name} のゲートが厳密な回転ではなくなりました: ずれ {worst} (警告は {ORTHOGONALITY_WARNING} から)。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/gate.py" />
   <source>The rotation gate on {name} is no longer made of finite numbers.</source>
   <translation>{name} の回転ゲートが有限の数でなくなりました。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/gate.py" />
   <source>{detail} From {ORTHOGONALITY_CRITICAL} training stops.</source>
   <translation>{detail} {ORTHOGONALITY_CRITICAL} からは学習を止めます。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/load.py" />
   <source>The trained adapter cannot be read: {problems}.</source>
   <translation>学習したアダプターを読めません: {problems}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/opened.py" />
   <source>There is no model folder {where}.</source>
   <translation>モデルのフォルダー {where} がありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/opened.py" />
   <source>its tensor {absent}</source>
   <translation>テンソル {absent} </translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/opened.py" />
   <source>{absent} of its tensors, {absent2} for one,</source>
   <translation>テンソル {absent} 個 ({absent2} など)</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/opened.py" />
   <source>{source} cannot be opened: {error}</source>
   <translation>{source} を開けません: {error}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/opened.py" />
   <source>{source} cannot be used: {error}</source>
   <translation>{source} は使えません: {error}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/opened.py" />
   <source>{source} has a weight file that is cut off or damaged ({_first_line}).</source>
   <translation>{source} に、途切れているか壊れている重みファイルがあります ({_first_line})。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/opened.py" />
   <source>{source} has numbers that are none (NaN or Inf) in {bad}: the file is damaged.</source>
   <translation>{source} の {bad} に数でない値 (NaN または Inf) があります: ファイルが壊れています。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/opened.py" />
   <source>{source} is incomplete: {count} cannot be found in its files.</source>
   <translation>{source} は不完全です: {count}がファイルにありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/opened.py" />
   <source>{source}: {shapes} has another shape than config.json says.</source>
   <translation>{source}: {shapes} の形が config.json と違います。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/policy.py" />
   <source>LoRA does not fit the base model: {splitlines}</source>
   <translation>LoRA がベースモデルに合いません: {splitlines}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/policy.py" />
   <source>The base model has no module {name} to put a gate on.</source>
   <translation>ベースモデルに、ゲートを付けるモジュール {name} がありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/policy.py" />
   <source>The saved gates belong to other layers.</source>
   <translation>保存されたゲートは別の層のものです。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/policy.py" />
   <source>The saved trained tensors belong to another model or other LoRA settings.</source>
   <translation>保存された学習済みテンソルは、別のモデルか別の LoRA 設定のものです。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/preflight.py" />
   <source>None of {examples} {what}s is within {key} ({limit} tokens).</source>
   <translation>{examples} 件のうち、{key} ({limit} トークン) に収まるものがありません ({what})。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/preflight.py" />
   <source>The base model computes numbers that are none (NaN or Inf): a weight file is damaged, or model.dtype {dtype} is too narrow for it.</source>
   <translation>ベースモデルの計算結果が数になりません (NaN または Inf): 重みファイルが壊れているか、model.dtype {dtype} では範囲が足りません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/preflight.py" />
   <source>longer than warmup.max_length ({max_length} tokens) and left out of the warm-up</source>
   <translation>warmup.max_length ({max_length} トークン) より長く、ウォームアップでは使いません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/preflight.py" />
   <source>longer than {name}.max_prompt_length ({lengths} tokens) and left out of {upper}</source>
   <translation>{name}.max_prompt_length ({lengths} トークン) より長く、{upper} では使いません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/preflight.py" />
   <source>lora.target_modules names {absent}, which the base model has not; it has {there}.</source>
   <translation>lora.target_modules の {absent} がベースモデルにありません。あるのは {there} です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/preflight.py" />
   <source>{prompts} of {examples} prompts are {limit}.</source>
   <translation>{examples} 件の質問のうち {prompts} 件が{limit}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/preflight.py" />
   <source>{warmup} of {examples} examples are {limit}.</source>
   <translation>{examples} 件の例のうち {warmup} 件が{limit}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/prompts.py" />
   <source>No prompt is within {_setting} ({_longest} tokens).</source>
   <translation>{_setting} ({_longest} トークン) に収まる質問がありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/reward_model.py" />
   <source>{source} has a tokenizer with neither a padding nor an end token.</source>
   <translation>{source} のトークナイザーに、パディングも終了トークンもありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/reward_model.py" />
   <source>{source} has {num_labels} outputs; a reward model has one.</source>
   <translation>{source} の出力は {num_labels} 個ですが、報酬モデルの出力は 1 個です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/reward_model.py" />
   <source>{source} has {rows} embedding rows, its tokenizer {tokenizer} tokens.</source>
   <translation>{source} の埋め込みは {rows} 行、トークナイザーは {tokenizer} トークンです。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/runtime.py" />
   <source>it cannot compute in float32</source>
   <translation>float32 では計算できません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/runtime.py" />
   <source>it needs a GPU, and this run computes on the CPU</source>
   <translation>GPU が必要ですが、この実行は CPU で計算します</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/runtime.py" />
   <source>model.attn_implementation is {FLASH}, but {trouble}. Set it to auto or sdpa in a new run.</source>
   <translation>model.attn_implementation は {FLASH} ですが、{trouble}。新しい実行で auto か sdpa にしてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/runtime.py" />
   <source>runtime.device is {wanted}, but torch sees {device_count} GPUs.</source>
   <translation>runtime.device は {wanted} ですが、torch から見える GPU は {device_count} 個です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/runtime.py" />
   <source>the package flash-attn is not installed</source>
   <translation>flash-attn パッケージがインストールされていません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/tensors.py" />
   <source>{detail} It was not saved; the checkpoints before are intact.</source>
   <translation>{detail}それは保存していません。それまでのチェックポイントは無事です。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/tensors.py" />
   <source>{name} (in {file}) holds a number that is infinite or none at all.</source>
   <translation>{name} ({file}) に、無限大または数でない値があります。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/tokenizer.py" />
   <source>The base model has {rows} embedding rows and no room for the {TAGS} section tags (the last would be number {highest}).</source>
   <translation>ベースモデルの埋め込みは {rows} 行で、{TAGS} 個のセクションタグが入りません (最後は {highest} 番になります)。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/tokenizer.py" />
   <source>The chat template of the base model cannot be used: {__name__}: {error}.</source>
   <translation>ベースモデルのチャットテンプレートを使えません: {__name__}: {error}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/tokenizer.py" />
   <source>The chat template of the base model leaves out what the user says.</source>
   <translation>ベースモデルのチャットテンプレートが、ユーザーの発言を落としています。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/tokenizer.py" />
   <source>The tokenizer of the base model has no chat template.</source>
   <translation>ベースモデルのトークナイザーにチャットテンプレートがありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/tokenizer.py" />
   <source>The tokenizer of the base model has no end token (eos_token).</source>
   <translation>ベースモデルのトークナイザーに終了トークン (eos_token) がありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/tokenizer.py" />
   <source>The tokenizer of the base model lacks the chat tokens {missing}.</source>
   <translation>ベースモデルのトークナイザーにチャットトークン {missing} がありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/trouble.py" />
   <source>Loss or gradient was not a finite number in {LIMIT} updates in a row (phase {phase}, update {update}, loss {loss}, gradient norm {grad_norm}).</source>
   <translation>{LIMIT} 回続けて、損失または勾配が有限の数ではありませんでした (段階 {phase}、更新 {update}、損失 {loss}、勾配ノルム {grad_norm})。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/trouble.py" />
   <source>The model's probabilities are not finite numbers (iteration {iteration}).</source>
   <translation>モデルの確率が有限の数ではありません (反復 {iteration})。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/user_functions.py" />
   <source>The reward function {name}</source>
   <translation>報酬関数 {name}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/user_functions.py" />
   <source>The reward function {name} cannot be called with TRL's keywords ({error}); write it as f(prompts, completions, **columns).</source>
   <translation>報酬関数 {name} を TRL のキーワードで呼び出せません ({error})。f(prompts, completions, **columns) の形で書いてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/user_functions.py" />
   <source>The reward function {name} is `async`; write it as a plain function.</source>
   <translation>報酬関数 {name} が `async` です。普通の関数として書いてください。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/user_functions.py" />
   <source>The reward function {name} is a {__name__}, not a function.</source>
   <translation>報酬関数 {name} は {__name__} で、関数ではありません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/user_functions.py" />
   <source>The reward module {module_name} ({place}) has no function {function_name}</source>
   <translation>報酬モジュール {module_name} ({place}) に関数 {function_name} がありません</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/user_functions.py" />
   <source>The reward module {module_name} cannot be imported: {error}</source>
   <translation>報酬モジュール {module_name} をインポートできません: {error}</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/user_functions.py" />
   <source>The reward module {module} needs the module {name}, which is not installed ({name2}).</source>
   <translation>報酬モジュール {module} に必要なモジュール {name} がインストールされていません ({name2})。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/user_functions.py" />
   <source>There is no reward module {module} in {places}, nor is one installed (reward.functions: {name}).</source>
   <translation>報酬モジュール {module} が {places} になく、インストールもされていません (reward.functions: {name})。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/user_functions.py" />
   <source>{name} failed: {error}.</source>
   <translation>{name} でエラーが起きました: {error}。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/user_functions.py" />
   <source>{name} returned {kind} instead of a list of numbers.</source>
   <translation>{name} が数のリストではなく {kind} を返しました。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/user_functions.py" />
   <source>{name} returned {shown} for completion {place}, not a finite number.</source>
   <translation>{name} が {place} 番目の回答に、有限の数ではなく {shown} を返しました。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/user_functions.py" />
   <source>{name} returned {values} values for {completions} completions.</source>
   <translation>{name} が {completions} 個の回答に対して {values} 個の値を返しました。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/train/user_functions.py" />
   <source>{what} (reward.functions: {name}).</source>
   <translation>{what} (reward.functions: {name})。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/window.py" />
   <source>The window is not installed beside {executable}.</source>
   <translation>{executable} の隣にウィンドウがインストールされていません。</translation>
  </message>
  <message>
   <location filename="engine/so8t_engine/writer.py" />
   <source>Old checkpoints could not be removed: {error}</source>
   <translation>古いチェックポイントを削除できませんでした: {error}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/reduce.py" />
   <source>Install SO8T again, or start it from its own folder.</source>
   <translation>SO8T をもう一度インストールするか、元のフォルダーから起動してください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/reduce.py" />
   <source>Install SO8T again, so that both are of one version.</source>
   <translation>両方が同じ版になるよう、SO8T をもう一度インストールしてください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/reduce.py" />
   <source>Resume goes on from the last save.</source>
   <translation>「再開」で最後の保存から続けます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/reduce.py" />
   <source>The engine speaks protocol version {found}, this window version {PROTOCOL_VERSION}.</source>
   <translation>エンジンのプロトコルは版 {found}、このウィンドウは版 {PROTOCOL_VERSION} です。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/reduce.py" />
   <source>The engine's process ended with code {code} and said nothing more.</source>
   <translation>エンジンのプロセスが、何も言わずにコード {code} で終了しました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/reduce.py" />
   <source>The engine's process was ended by signal {code} and said nothing more.</source>
   <translation>エンジンのプロセスが、何も言わずにシグナル {code} で終了しました。</translation>
  </message>
  <message>
   <location filename="resources/so8t_resources/presets/demo.yaml" />
   <source>A tiny model built and tuned on this machine in a few minutes, from the corpus that comes with SO8T.</source>
   <translation>付属のデータから、この PC で数分で作って調整する小さなモデル。</translation>
  </message>
  <message>
   <location filename="resources/so8t_resources/presets/phi35-so8t-24gb.yaml" />
   <source>The real job for a 24 GB GPU. Longer answers, larger batches, twice the episodes, about two days.</source>
   <translation>24 GB の GPU での本番用。長めの回答、大きめのバッチ、2 倍のエピソード、約 2 日。</translation>
  </message>
  <message>
   <location filename="resources/so8t_resources/presets/phi35-so8t.yaml" />
   <source>The real job. Phi-3.5-mini-instruct, nine datasets, QLoRA and PPO on a 10 GB GPU, two to three days.</source>
   <translation>本番用。Phi-3.5-mini-instruct、9 個のデータセット、10 GB の GPU で QLoRA と PPO、2 ～ 3 日。</translation>
  </message>
 </context>
</TS>
