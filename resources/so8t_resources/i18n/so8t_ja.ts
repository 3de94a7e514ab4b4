<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP" sourcelanguage="en">
 <context>
  <name>so8t</name>
  <message>
   <location filename="gui/so8t_gui/app.py" />
   <source>A second start of SO8T cannot reach this window: {why}.</source>
   <translation>SO8T をもう一度起動しても、このウィンドウには伝わりません: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/app.py" />
   <source>SO8T is running already, but its window does not answer. End that process, then start SO8T again.</source>
   <translation>SO8T はすでに起動していますが、ウィンドウが応答しません。そのプロセスを終了してから、もう一度 SO8T を起動してください。</translation>
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
   <location filename="gui/so8t_gui/autostart/entry.py" />
   <source>The path {path} has a character that an entry at logon cannot hold.</source>
   <translation>パス {path} に、ログオン時の登録に使えない文字があります。</translation>
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
   <translation>SO8T はログオン時に起動しなくなりました。全ユーザー向けの項目は、このユーザーに対してのみ無効にしました。</translation>
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
   <source>it would read a part of the path {path} as a variable.</source>
   <translation>パス {path} の一部が変数として読まれてしまいます。</translation>
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
   <location filename="gui/so8t_gui/autostart/windows.py" />
   <source>the path of the program is longer than the {most} characters it takes</source>
   <translation>プログラムのパスが、上限の {most} 文字を超えています</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/reference.py" />
   <source>Compare &amp;with</source>
   <translation>比較の基準(&amp;W)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/reference.py" />
   <source>The session that the others are held against</source>
   <translation>ほかのセッションと比べる基準のセッション</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Against its base model</source>
   <translation>ベースモデルとの差</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Against {session}</source>
   <translation>{session} との差</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Asking the engine ...</source>
   <translation>エンジンに問い合わせています ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Cannot be read</source>
   <translation>読み込めません</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Configuration: keys that differ</source>
   <translation>設定: 異なる項目</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Data: other sources</source>
   <translation>データ: 異なるソース</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Difference in right answers of the tuned models, in points, with its 95 % interval. The reference is chosen above this table.</source>
   <translation>学習後のモデルの正答率の差 (ポイント) と、その 95 % 区間。基準はこの表の上で選びます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Difference in right answers, in points, with its 95 % interval</source>
   <translation>正答率の差 (ポイント) と、その 95 % 信頼区間です</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Loss, {phase} (mean of the last {n})</source>
   <translation>損失 (loss)、{phase}、最後の {n} 回の平均</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Mean of the last {n} updates of this phase; the losses of two phases cannot be compared</source>
   <translation>この段階の最後の {n} 更新の平均です。異なる段階の損失どうしは比べられません</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>None</source>
   <translation>なし</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Order</source>
   <translation>順序</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Results</source>
   <translation>結果</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Right answers, base model</source>
   <translation>正答率 (ベースモデル)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Right answers, tuned model</source>
   <translation>正答率 (学習後のモデル)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Share of answers in the thinking format, its 95 % interval, and their number</source>
   <translation>思考形式に沿った回答の割合、その 95 % 信頼区間、回答数です</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Share of right answers to held-out questions, its 95 % interval, and their number</source>
   <translation>評価用の質問の正答率、その 95 % 信頼区間、質問数です</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>State</source>
   <translation>状態</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Time worked</source>
   <translation>作業時間</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Well-formed, base model</source>
   <translation>形式どおりの回答 (ベースモデル)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Well-formed, tuned model</source>
   <translation>形式どおりの回答 (学習後のモデル)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>Without pauses and interruptions</source>
   <translation>一時停止と中断を除いた時間です</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>not set</source>
   <translation>未設定</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>not used</source>
   <translation>不使用</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>reference</source>
   <translation>基準</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>used</source>
   <translation>使用</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>{figure} (only {n} updates)</source>
   <translation>{figure} (更新 {n} 回のみ)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/side_by_side.py" />
   <source>{said}, of {n} questions</source>
   <translation>{said}、{n} 問</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/table.py" />
   <source>Sessions side by side</source>
   <translation>セッションの比較</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/table.py" />
   <source>no comparison</source>
   <translation>比較の結果がありません</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/comparison/table.py" />
   <source>no configuration</source>
   <translation>設定がありません</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/controller.py" />
   <source>The run was not started</source>
   <translation>開始しませんでした</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/controller.py" />
   <source>This window shows the sessions of {here}. For those of {there}, choose that folder in Settings.</source>
   <translation>このウィンドウは {here} のセッションを表示しています。{there} のセッションを使うには、設定でそのフォルダーを選んでください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/controller.py" />
   <source>{name}: cut off</source>
   <translation>{name}: 中断されました</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/hardware.py" />
   <source>CPU</source>
   <translation>CPU</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/hardware.py" />
   <source>GPU</source>
   <translation>GPU</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/hardware.py" />
   <source>GPU memory</source>
   <translation>GPU メモリー</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/hardware.py" />
   <source>Memory</source>
   <translation>メモリー</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/hardware.py" />
   <source>Power</source>
   <translation>電力</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/hardware.py" />
   <source>Temperature</source>
   <translation>温度</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/hardware.py" />
   <source>does not answer</source>
   <translation>応答なし</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/notifications.py" />
   <source>Not now</source>
   <translation>今はしない</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/notifications.py" />
   <source>Open</source>
   <translation>開く</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/notifications.py" />
   <source>Resume</source>
   <translation>再開</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/sleep_inhibitor.py" />
   <source>This desktop offers no way to stay awake. Turn sleep off in its settings while a run is going on.</source>
   <translation>このデスクトップではスリープを止められません。実行中はデスクトップの設定でスリープを無効にしてください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/tray.py" />
   <source>&amp;Do not resume automatically</source>
   <translation>自動では再開しない(&amp;D)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/tray.py" />
   <source>&amp;Open</source>
   <translation>開く(&amp;O)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/tray.py" />
   <source>&amp;Pause</source>
   <translation>一時停止(&amp;P)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/tray.py" />
   <source>&amp;Quit</source>
   <translation>終了(&amp;Q)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/tray.py" />
   <source>&amp;Quit (the run is saved and paused)</source>
   <translation>終了(&amp;Q) (実行中のものは保存して一時停止)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/tray.py" />
   <source>&amp;Resume {what}</source>
   <translation>再開(&amp;R) {what}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/tray.py" />
   <source>&amp;Settings</source>
   <translation>設定(&amp;S)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/tray.py" />
   <source>Nothing is running.</source>
   <translation>実行中のものはありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/tray.py" />
   <source>Re&amp;cent sessions</source>
   <translation>最近のセッション(&amp;C)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/tray.py" />
   <source>Resume &amp;another</source>
   <translation>別のセッションを再開(&amp;A)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/tray.py" />
   <source>Start &amp;new ...</source>
   <translation>新規開始(&amp;N) ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/tray.py" />
   <source>Start at &amp;logon</source>
   <translation>ログオン時に起動(&amp;L)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/desktop/unexpected_errors.py" />
   <source>An unexpected error occurred in the window ({what}). The run is not affected. The details are in {path}.</source>
   <translation>ウィンドウで予期しないエラーが発生しました ({what})。実行に影響はありません。詳細は {path} にあります。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/drawing.py" />
   <source>New session</source>
   <translation>新しいセッション</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/engine/interpreter.py" />
   <source>en</source>
   <translation>ja</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/alpha_preview.py" />
   <source>Alpha at 0, 25, 50, 75 and 100 % of the updates: {values}</source>
   <translation>更新の 0、25、50、75、100 % での alpha: {values}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/alpha_preview.py" />
   <source>Preview of alpha</source>
   <translation>alpha のプレビュー</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/alpha_preview.py" />
   <source>end</source>
   <translation>終わり</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/alpha_preview.py" />
   <source>start</source>
   <translation>開始</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>&amp;Choose a folder ...</source>
   <translation>フォルダーを選択(&amp;C) ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>A tiny one built here, to try things out</source>
   <translation>小さなモデルをここで作る (お試し用)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Algorithm</source>
   <translation>アルゴリズム</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>An existing one: a folder, or a hub id</source>
   <translation>既存のモデル: フォルダーまたはハブの ID</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Base model</source>
   <translation>ベースモデル</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Base model updates</source>
   <translation>ベースモデルの更新回数</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Ch&amp;oose in Settings ...</source>
   <translation>設定で変更(&amp;O) ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Data</source>
   <translation>データ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Episodes</source>
   <translation>エピソード数</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Folder of the base model</source>
   <translation>ベースモデルのフォルダー</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Folder or hub id of the base model</source>
   <translation>ベースモデルのフォルダーまたはハブの ID</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>From</source>
   <translation>開始値</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>How long, and where</source>
   <translation>学習量と保存場所</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>How strongly the rotation gates act, update by update.</source>
   <translation>回転ゲートがどれだけ強く働くか。更新ごとに変わります。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Name</source>
   <translation>名前</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Open a &amp;YAML file ...</source>
   <translation>YAML ファイルを開く(&amp;Y) ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Open a configuration</source>
   <translation>設定ファイルを開く</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Preset</source>
   <translation>プリセット</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Schedule</source>
   <translation>スケジュール</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Seed</source>
   <translation>シード</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Session's folder</source>
   <translation>セッションの場所</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Start from</source>
   <translation>元にする設定</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Strength of the gates (alpha)</source>
   <translation>ゲートの強さ (alpha)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>To</source>
   <translation>最終値</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Updates</source>
   <translation>更新回数</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Updates (empty: all)</source>
   <translation>更新回数 (空欄: すべて)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>Warm-up updates</source>
   <translation>ウォームアップの更新回数</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/basics.py" />
   <source>What it learns from, and what it is asked at the end.</source>
   <translation>学習に使うデータと、最後のテストに使うデータ。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>"{name}" is no id of the Hub. One looks like openai/gsm8k.</source>
   <translation>「{name}」は Hub の ID ではありません。openai/gsm8k のような形です。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>&amp;OK</source>
   <translation>&amp;OK</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>, </source>
   <translation>、</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>Add &amp;files ...</source>
   <translation>ファイルを追加(&amp;F) ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>Add files</source>
   <translation>ファイルを追加</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>Add from &amp;hub</source>
   <translation>ハブから追加(&amp;H)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>All files (*);;Data ({kinds})</source>
   <translation>すべてのファイル (*);;データ ({kinds})</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>As prompt=question, response=solution; also answer= and reasoning=, where there are such</source>
   <translation>例: prompt=question, response=solution (あれば answer= と reasoning= も)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>Columns</source>
   <translation>列</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>Datasets</source>
   <translation>データセット</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>File or hub id</source>
   <translation>ファイルまたはハブ ID</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>Files (.jsonl, .json, .csv, .tsv, .xlsx, .ods, .parquet, .txt and others, also compressed or in a .zip) and folders can be dropped here, too.</source>
   <translation>ファイル (.jsonl, .json, .csv, .tsv, .xlsx, .ods, .parquet, .txt など。圧縮したものや .zip も可) やフォルダーは、ここへドロップしても追加できます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>Hub id of a dataset to add</source>
   <translation>追加するデータセットのハブ ID</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>Hugging Face: owner/name</source>
   <translation>Hugging Face: 所有者/名前</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>Never trained on; only asked at the end</source>
   <translation>学習には使わず、最後のテストだけに使います</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>Only to evaluate</source>
   <translation>評価のみ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>Read as</source>
   <translation>データ形式</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>Remove</source>
   <translation>削除</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>Removed: {names}</source>
   <translation>削除しました: {names}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>Rows at most</source>
   <translation>行数の上限</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>The id of a dataset on the Hugging Face hub, or its address</source>
   <translation>Hugging Face ハブのデータセットの ID、またはそのアドレス</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>There is no {path}.</source>
   <translation>{path} がありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>Undo</source>
   <translation>元に戻す</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>`auto` recognises the format of the records; with `columns` you say what holds what.</source>
   <translation>`auto` はレコードの形式を自動で判別します。`columns` では、どの列に何があるかを指定します。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/datasets.py" />
   <source>{path} cannot be read: {why}.</source>
   <translation>{path} を読めません: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/draft_summary.py" />
   <source>Not opened: {file}</source>
   <translation>開けませんでした: {file}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/draft_summary.py" />
   <source>a copy of "{name}"</source>
   <translation>「{name}」の複製</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/draft_summary.py" />
   <source>{source}, changed settings: {n}</source>
   <translation>{source}、変更した項目: {n}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/draft_summary.py" />
   <source>{source}, unchanged</source>
   <translation>{source}、変更なし</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/draft_summary.py" />
   <source>{source}, unchanged but for its name</source>
   <translation>{source}、名前以外は変更なし</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/field_row.py" />
   <source>Back to the value it had</source>
   <translation>元の値に戻す</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/field_row.py" />
   <source>Reset {key}</source>
   <translation>{key} を元に戻す</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/findings.py" />
   <source>Check</source>
   <translation>チェック</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/findings.py" />
   <source>Checking ...</source>
   <translation>チェックしています ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/findings.py" />
   <source>Findings of the check</source>
   <translation>チェックの結果</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/findings.py" />
   <source>It can run. Warnings: {n}</source>
   <translation>実行できます。注意: {n} 件</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/findings.py" />
   <source>No problems found.</source>
   <translation>問題は見つかりませんでした。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/findings.py" />
   <source>Show</source>
   <translation>表示</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/findings.py" />
   <source>To correct before it can run: {n}</source>
   <translation>実行の前に直すところ: {n} 件</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/findings.py" />
   <source>Use these columns</source>
   <translation>この列を使う</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/findings.py" />
   <source>Warnings: {n}. Not looked at: {unseen}</source>
   <translation>注意: {n} 件、未確認: {unseen} 件</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/findings.py" />
   <source>What was looked at fits. Not looked at: {n}</source>
   <translation>確認したものに問題はありません。未確認: {n} 件</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/kept_note.py" />
   <source>Take it back</source>
   <translation>元に戻す</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/kept_note.py" />
   <source>Throw it away</source>
   <translation>破棄する</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/kept_note.py" />
   <source>What you had changed and not started is here again.</source>
   <translation>まだ開始していなかった変更内容を復元しました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/kept_note.py" />
   <source>What you had changed of {source} was put aside.</source>
   <translation>{source} に加えた変更はいったん退避してあります。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/schema_fields.py" />
   <source>A value is required.</source>
   <translation>値を入力してください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/schema_fields.py" />
   <source>A whole number is required.</source>
   <translation>整数を入力してください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/schema_fields.py" />
   <source>It must be a multiple of {n}.</source>
   <translation>{n} の倍数にしてください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/schema_fields.py" />
   <source>It must be at least {n}.</source>
   <translation>{n} 以上にしてください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/schema_fields.py" />
   <source>It must be at most {n}.</source>
   <translation>{n} 以下にしてください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/schema_fields.py" />
   <source>It must be greater than {n}.</source>
   <translation>{n} より大きくしてください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/schema_fields.py" />
   <source>It must be less than {n}.</source>
   <translation>{n} より小さくしてください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/schema_fields.py" />
   <source>a multiple of {n}</source>
   <translation>{n} の倍数</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/schema_fields.py" />
   <source>{value} is not a number.</source>
   <translation>{value} は数値ではありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/schema_form.py" />
   <source>General</source>
   <translation>全般</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/schema_form.py" />
   <source>No key matches the search.</source>
   <translation>該当する項目はありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/schema_form.py" />
   <source>Search a key, for example kl_coef</source>
   <translation>項目を検索 (例: kl_coef)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/schema_form.py" />
   <source>Search the configuration's keys</source>
   <translation>設定項目を検索</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/session_folder.py" />
   <source>Give the whole path of the folder, such as {example}.</source>
   <translation>{example} のように、フォルダーの絶対パスを入力してください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/session_folder.py" />
   <source>Nothing can be written in {path}. Choose another folder.</source>
   <translation>{path} には書き込めません。別のフォルダーを選んでください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/forms/session_folder.py" />
   <source>{path} is a file. Choose a folder.</source>
   <translation>{path} はファイルです。フォルダーを選んでください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/lifecycle.py" />
   <source>SO8T saves the run.</source>
   <translation>SO8T が実行を保存しています。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/lifecycle.py" />
   <source>The run continues. Click the icon in the tray to open the window again.</source>
   <translation>実行は続いています。トレイのアイコンからウィンドウを開けます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/low_disk_warning.py" />
   <source>The disk is almost full</source>
   <translation>ディスクの空きがわずかです</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/low_disk_warning.py" />
   <source>{size} GiB are left on the disk that holds the session.</source>
   <translation>セッションのディスクの空きは {size} GiB です。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/main_window.py" />
   <source>&amp;Quit SO8T</source>
   <translation>SO8T を終了(&amp;Q)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/main_window.py" />
   <source>&amp;Quit SO8T
(the run is saved
and paused)</source>
   <translation>SO8T を終了(&amp;Q)
(実行を保存して
一時停止します)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/main_window.py" />
   <source>A run is saved and paused first.</source>
   <translation>実行中のものは、保存して一時停止してから終了します。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/main_window.py" />
   <source>Pages</source>
   <translation>ページ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>&amp;Copy</source>
   <translation>コピー(&amp;C)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>About SO8T</source>
   <translation>SO8T について</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/doctor.py" />
   <source>Check &amp;again</source>
   <translation>再確認(&amp;A)</translation>
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
   <source>Go on with {source}</source>
   <translation>{source} で続ける</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>Parts of the configuration</source>
   <translation>設定の区分</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>Reading the configuration ...</source>
   <translation>設定を読み込んでいます ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>Start al&amp;though the check says no</source>
   <translation>チェックで問題があっても開始(&amp;T)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/new_session.py" />
   <source>Start although the check says no</source>
   <translation>チェックで問題があっても開始</translation>
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
   <location filename="gui/so8t_gui/pages/run.py" />
   <source>Curves and log</source>
   <translation>曲線とログ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/run.py" />
   <source>Reading the report ...</source>
   <translation>レポートを読み込んでいます ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/run.py" />
   <source>Result</source>
   <translation>結果</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/run.py" />
   <source>Result, try it, or curves and log</source>
   <translation>結果、試してみる、曲線とログ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/run.py" />
   <source>Show &amp;it</source>
   <translation>表示(&amp;I)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/run.py" />
   <source>Try it</source>
   <translation>試してみる</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/run.py" />
   <source>{n} sessions beside each other.</source>
   <translation>{n} 個のセッションを比べています。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>"{name}"</source>
   <translation>「{name}」</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>&amp;Make a new session</source>
   <translation>新しいセッションを作る(&amp;M)</translation>
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
   <source>No session matches the filter.</source>
   <translation>条件に合うセッションはありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>Select a session; several with Ctrl or Shift to compare them.</source>
   <translation>セッションを選んでください。Ctrl または Shift で複数選ぶと比べられます。</translation>
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
   <source>The folder {path} is not there.</source>
   <translation>フォルダー {path} がありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>The folder {path} is not there: its disk may be unplugged, or the folder moved. Its sessions ({n}) are shown again once it is back.</source>
   <translation>フォルダー {path} がありません。ディスクが外されたか、フォルダーが移動された可能性があります。元に戻ると、{n} 個のセッションが再び表示されます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/sessions.py" />
   <source>The session {name} is no longer there; its folder was moved or deleted.</source>
   <translation>セッション{name}が見つかりません。フォルダーが移動または削除されました。</translation>
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
   <translation>確認する: 通知から 1 クリックで再開できます(&amp;A)</translation>
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
   <source>&amp;Notify when a session ends or has to pause</source>
   <translation>完了、失敗、自動の一時停止を通知する(&amp;N)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>&amp;Resume it after 30 s, which can be cancelled</source>
   <translation>30 秒後に再開する (取り消し可能)(&amp;R)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/pages/settings.py" />
   <source>Appearance</source>
   <translation>表示</translation>
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
   <source>Same as the system</source>
   <translation>システムに合わせる</translation>
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
   <translation>設定に従う</translation>
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
   <location filename="gui/so8t_gui/plot/chart.py" />
   <source>No such values: this run has no reinforcement learning (PPO, GRPO or RLOO).</source>
   <translation>値はありません。この実行には強化学習 (PPO、GRPO、RLOO) がありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart.py" />
   <source>Nothing yet: reinforcement learning (PPO, GRPO or RLOO) has not begun.</source>
   <translation>まだ値がありません。強化学習 (PPO、GRPO、RLOO) が始まっていません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart.py" />
   <source>Plot of loss and alpha</source>
   <translation>損失と alpha のグラフ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart.py" />
   <source>There are no such values in this run.</source>
   <translation>この実行にはこの値がありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart.py" />
   <source>active hours</source>
   <translation>作業時間 (時間)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart.py" />
   <source>active minutes</source>
   <translation>作業時間 (分)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart.py" />
   <source>active seconds</source>
   <translation>作業時間 (秒)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart.py" />
   <source>alpha</source>
   <translation>alpha</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart.py" />
   <source>alpha (dashed)</source>
   <translation>alpha (破線)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart.py" />
   <source>loss</source>
   <translation>損失 (loss)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart.py" />
   <source>updates</source>
   <translation>更新</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>&amp;Log scale</source>
   <translation>対数目盛(&amp;L)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>&amp;Smoothing</source>
   <translation>平滑化(&amp;S)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>Always shows the whole run up to the newest update. Dragging it, or zooming with Ctrl and the wheel, turns this off.</source>
   <translation>常に最新の更新まで全体を表示します。ドラッグ、または Ctrl + ホイールで拡大縮小すると解除されます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>Another series below</source>
   <translation>下に表示する系列</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>As a ta&amp;ble</source>
   <translation>表で表示(&amp;B)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>By &amp;time</source>
   <translation>時間軸(&amp;T)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>E&amp;xport</source>
   <translation>書き出し(&amp;X)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>Evens each value out by those before it: farther right, the line is calmer and later.</source>
   <translation>各値を直前までの値でならします。右へ動かすほど線はなめらかになり、変化が遅れて見えます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>Export the plot</source>
   <translation>グラフを書き出す</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>Foll&amp;ow</source>
   <translation>追従(&amp;O)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>Loss and alpha appear with the first update of the training step.</source>
   <translation>損失と alpha は、学習ステップの最初の更新から表示されます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>Loss and alpha only</source>
   <translation>損失と alpha のみ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>Smoothing</source>
   <translation>平滑化</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>The plot as a table</source>
   <translation>グラフを表で表示</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>Times are available after the first save.</source>
   <translation>時間軸は、最初の保存のあとで使えます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>Written to {path}.</source>
   <translation>{path} に書き出しました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>smoothing weight: {weight}</source>
   <translation>平滑化の重み: {weight}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>with {series}</source>
   <translation>{series}も表示</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/chart_panel.py" />
   <source>{path} could not be written: {why}.</source>
   <translation>{path} に書き込めませんでした: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/export.py" />
   <source>After update {n}: {event}</source>
   <translation>更新 {n} 回目の後: {event}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/export.py" />
   <source>No updates yet.</source>
   <translation>まだ更新がありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/export.py" />
   <source>Shown: one update in {step}, the first and the last of each phase, and the newest {newest}. The CSV of Export has every update.</source>
   <translation>表示: {step} 更新につき 1 行、各段階の最初と最後、最新の {newest} 件。書き出した CSV にはすべての更新があります。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/export.py" />
   <source>phase</source>
   <translation>段階</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/export.py" />
   <source>reward</source>
   <translation>報酬</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/export.py" />
   <source>right answers</source>
   <translation>正答率</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/export.py" />
   <source>smoothed</source>
   <translation>平滑化した値</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/export.py" />
   <source>the picture could not be written</source>
   <translation>画像を書き込めませんでした</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/export.py" />
   <source>update</source>
   <translation>更新</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/export.py" />
   <source>{sign} As above: measured once, of the batch that all these updates learn from.</source>
   <translation>{sign} は上と同じ値です。これらの更新が学ぶバッチについて一度だけ測ったものです。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/labels.py" />
   <source>Alpha: how strongly the rotation gates act, by its schedule.</source>
   <translation>alpha: 回転ゲートの強さです。スケジュールに沿って変わります。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/labels.py" />
   <source>KL (nats per answer)</source>
   <translation>KL (回答あたり nat)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/labels.py" />
   <source>KL: how far the model has moved from where reinforcement learning began.</source>
   <translation>KL: 強化学習を始めたときのモデルからどれだけ離れたかを示します。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/labels.py" />
   <source>Loss: what an update tries to make smaller. That of two phases is not the same thing.</source>
   <translation>損失 (loss): 更新のたびに小さくしようとする値です。段階が違えば比べられません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/labels.py" />
   <source>Reward: what the answers of an update earned, more is better.</source>
   <translation>報酬: その更新での回答への評価です。大きいほどよい値です。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/labels.py" />
   <source>Right answers: their share among those that it tried before an update.</source>
   <translation>正答: 更新の前に試した回答のうち、正しかったものの割合です。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/labels.py" />
   <source>base model</source>
   <translation>ベースモデル</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/labels.py" />
   <source>evaluated again</source>
   <translation>評価のやり直し</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/labels.py" />
   <source>interrupted</source>
   <translation>中断</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/labels.py" />
   <source>transition</source>
   <translation>相転移</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/labels.py" />
   <source>update {n}</source>
   <translation>更新 {n} 回目</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/plot/labels.py" />
   <source>warm-up</source>
   <translation>ウォームアップ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/preferences.py" />
   <source>The entry at logon could not be read or changed: {why}.</source>
   <translation>ログオン時の項目を読み取り、または変更できませんでした: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/actions.py" />
   <source>&amp;Copy this line</source>
   <translation>この行をコピー(&amp;C)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/actions.py" />
   <source>Add to LM St&amp;udio</source>
   <translation>LM Studio に追加(&amp;U)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/actions.py" />
   <source>Add to Olla&amp;ma</source>
   <translation>Ollama に追加(&amp;M)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/actions.py" />
   <source>Adding the model to {name} ...</source>
   <translation>モデルを {name} に追加しています ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/actions.py" />
   <source>Ask the model and its base something</source>
   <translation>学習後のモデルとベースモデルに質問します</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/actions.py" />
   <source>Does step 5 again: model, GGUF files and report, from what was trained</source>
   <translation>ステップ 5 をやり直し、学習済みのものからモデル・GGUF ファイル・レポートを作り直します</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/actions.py" />
   <source>Make &amp;its results again</source>
   <translation>結果を作り直す(&amp;I)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/actions.py" />
   <source>Makes a model of this name in Ollama, from the GGUF file that the report recommends</source>
   <translation>この名前のモデルを、レポートがすすめる GGUF ファイルから Ollama に作成します</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/actions.py" />
   <source>Open &amp;folder</source>
   <translation>フォルダーを開く(&amp;F)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/actions.py" />
   <source>Open re&amp;port</source>
   <translation>レポートを開く(&amp;P)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/actions.py" />
   <source>Puts the recommended GGUF file into LM Studio's models folder, as a link where the disk allows</source>
   <translation>おすすめの GGUF ファイルを LM Studio のモデルフォルダーに追加します (可能ならリンクとして)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/actions.py" />
   <source>Tr&amp;y it</source>
   <translation>試してみる(&amp;Y)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/answer_view.py" />
   <source>Opens and closes this part of the thought</source>
   <translation>思考のこの部分を開閉します</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/answer_view.py" />
   <source>Thought:</source>
   <translation>思考:</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/panel.py" />
   <source>Expected: {gold}</source>
   <translation>期待される答え: {gold}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/panel.py" />
   <source>Questions it had never seen</source>
   <translation>評価用の質問 (学習では見ていない)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/panel.py" />
   <source>Show a&amp;ll {n}</source>
   <translation>{n} 問をすべて表示(&amp;L)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/panel.py" />
   <source>Tags are missing, doubled or out of order. As it was written:</source>
   <translation>タグが欠けているか、重複しているか、順序が違います。書かれたままの文章:</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/report_file.py" />
   <source>The report of this session cannot be read: {why}.</source>
   <translation>このセッションのレポートを読み込めません: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/report_file.py" />
   <source>The report of this session is not as it was written; its figures are not shown.</source>
   <translation>このセッションのレポートは書き込んだときのままではないため、数値は表示しません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/report_file.py" />
   <source>The report of this session is not in its folder; its figures cannot be shown.</source>
   <translation>このセッションのフォルダーにレポートがないため、結果の数値を表示できません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>&amp;GGUF file</source>
   <translation>GGUF ファイル(&amp;G)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>&amp;Stop</source>
   <translation>停止(&amp;S)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>Answered by {file}</source>
   <translation>回答済み: {file}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>As&amp;k</source>
   <translation>質問する(&amp;K)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>Ask both models something; Enter asks, Shift+Enter begins a new line</source>
   <translation>両方のモデルに質問できます (Enter で送信、Shift+Enter で改行)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>Asked</source>
   <translation>聞いた質問</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>GGUF file that answers</source>
   <translation>回答に使う GGUF ファイル</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>Loading the model ...</source>
   <translation>モデルを読み込んでいます ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>Not asked yet: Enter asks it now.</source>
   <translation>まだ質問していません。Enter キーで質問できます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>Not asked yet: the answers below are still being written. Wait for them, or stop.</source>
   <translation>まだ質問していません。下の回答の途中です。終わるのを待つか、停止してください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>Reading the question ...</source>
   <translation>質問を読んでいます ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>Stopped before its end.</source>
   <translation>途中で停止しました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>Thinking ...</source>
   <translation>考えています ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>Waiting for its turn ...</source>
   <translation>順番を待っています ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>Writing the answer ...</source>
   <translation>回答を書いています ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>Your question</source>
   <translation>質問</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>{file} answers</source>
   <translation>回答: {file}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>{tokens} tokens, {rate} a second</source>
   <translation>{tokens} トークン、毎秒 {rate}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/try_it.py" />
   <source>{type} (recommended)</source>
   <translation>{type} (おすすめ)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Better</source>
   <translation>上回る</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Better: {after} of the held-out questions ({n}) are answered right, {before} before ({change}).</source>
   <translation>向上: 評価用の質問 {n} 問の正答率は {after} です。学習前は {before} でした ({change})。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Interruptions survived: {n}.</source>
   <translation>中断からの復帰: {n} 回。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Interruptions survived: {n}; work done again: {time}.</source>
   <translation>中断からの復帰: {n} 回、やり直した作業: {time}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Lost: right before, wrong after</source>
   <translation>悪化: 学習前は正解、学習後は不正解</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Missing, or not as it was written:</source>
   <translation>なくなったもの、または書き込んだときと違うもの:</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Never cut off.</source>
   <translation>中断はありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>No clear difference</source>
   <translation>はっきりした差なし</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>No clear difference: {after} of the held-out questions ({n}) are answered right, {before} before ({change}).</source>
   <translation>はっきりした差なし: 評価用の質問 {n} 問の正答率は {after} です。学習前は {before} でした ({change})。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>No difference</source>
   <translation>差なし</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>No difference: {after} of the held-out questions ({n}) are answered right, before and after; none was gained and none lost.</source>
   <translation>差なし: 評価用の質問 {n} 問の正答率は学習の前も後も {after} で、新たに正答になった問題も誤答に転じた問題もありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>No held-out question had an answer that could be checked, so nothing can be said about right answers.</source>
   <translation>正解を確認できる評価用の質問がなかったため、正答率については何も言えません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>No interruption.</source>
   <translation>中断はありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Not checked: the data give no answer to it</source>
   <translation>採点なし: データに回答がありません</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Not checked: the expected answer is a text that can be put in other words</source>
   <translation>採点なし: 期待される回答は、言い換えのできる文章です</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Paused and resumed: {n}.</source>
   <translation>一時停止と再開: {n} 回。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Recommended file: {file}. Ollama and LM Studio get this one.</source>
   <translation>おすすめのファイル: {file}。Ollama と LM Studio にはこれを追加します。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Right before and after</source>
   <translation>学習前も学習後も正解</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Stopped by a problem and resumed: {n}.</source>
   <translation>問題による停止と再開: {n} 回。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>The file that Ollama and LM Studio get: {file}. It answers worse than its base model.</source>
   <translation>Ollama と LM Studio に渡るファイル: {file}。ただし、ベースモデルより悪い回答をします。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Unsafe requests refused: {before} before, {after} after.</source>
   <translation>危険な依頼を断った割合: 学習前 {before}、学習後 {after}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Well-formed answers: {before} before, {after} after.</source>
   <translation>形式どおりの回答: 学習前 {before}、学習後 {after}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>What to do next:</source>
   <translation>次にできること:</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Won: wrong before, right after</source>
   <translation>改善: 学習前は不正解、学習後は正解</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Worse</source>
   <translation>下回る</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Worse: {after} of the held-out questions ({n}) are answered right, {before} before ({change}).</source>
   <translation>悪化: 評価用の質問 {n} 問の正答率は {after} です。学習前は {before} でした ({change})。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>Wrong before and after</source>
   <translation>学習前も学習後も不正解</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>{name} by itself, after the warm-up, changed no answer from wrong to right or back: this run does not show that {name} helped.</source>
   <translation>ウォームアップ後の {name} だけでは正誤の変わった問題がなかったので、{name} に効果があったとは言えません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>{name} by itself, after the warm-up: {change}. More than chance explains: {name} did harm.</source>
   <translation>ウォームアップ後の {name} だけの効果: {change}。偶然とは言えない差で、{name} は逆効果でした。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>{name} by itself, after the warm-up: {change}. More than chance explains: {name} helped.</source>
   <translation>ウォームアップ後の {name} だけの効果: {change}。偶然とは言えない差で、{name} は効果がありました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>{name} by itself, after the warm-up: {change}. No more than chance explains: this run does not show that {name} helped.</source>
   <translation>ウォームアップ後の {name} だけの効果: {change}。偶然の範囲を超えない差なので、{name} に効果があったとは言えません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>{points} points</source>
   <translation>{points} ポイント</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>{points} points, {sure}: {low} to {high}</source>
   <translation>{points} ポイント、{sure}信頼区間 {low}～{high}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>{share} ({low} to {high})</source>
   <translation>{share} ({low}～{high})</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>{shown} of {n} in the report; {asked} were asked, {checked} could be checked.</source>
   <translation>レポートにある {n} 問のうち {shown} 問を表示。質問は全部で {asked} 問、正誤を判定できたのは {checked} 問です。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>{shown} of {n} that the report holds; {asked} were asked.</source>
   <translation>レポートにある {n} 件のうち {shown} 件 (質問は全 {asked} 件)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>{shown} of {n} that were asked.</source>
   <translation>全 {n} 件のうち {shown} 件</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>{time} of work.</source>
   <translation>作業時間 {time}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/result/verdict.py" />
   <source>{verdict} ({change})</source>
   <translation>{verdict} ({change})</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>"{name}" ({where})</source>
   <translation>「{name}」({where})</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>&amp;Adopt</source>
   <translation>引き継ぐ(&amp;A)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>&amp;Compare</source>
   <translation>比較(&amp;C)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>&amp;Duplicate as new</source>
   <translation>複製して新規(&amp;D)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>&amp;Keep</source>
   <translation>残す(&amp;K)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>&amp;Resume</source>
   <translation>再開(&amp;R)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>&amp;Show</source>
   <translation>表示(&amp;S)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>&amp;Verify</source>
   <translation>検証(&amp;V)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>A new session with the configuration of this one, to be changed before it starts</source>
   <translation>このセッションの設定で新しいセッションを作ります。開始前に変更できます</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>Cancel</source>
   <translation>キャンセル</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>Curves of all selected sessions in one plot, their results, and the keys in which they differ</source>
   <translation>選んだセッションの曲線を重ねて表示し、結果と異なる設定項目を並べます</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>Its steps and curves, or its result, on the page Run</source>
   <translation>「実行」ページに、ステップと曲線、または結果を表示します</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>Makes this renamed or copied session one of its own, under the name of its folder</source>
   <translation>名前を変えた、またはコピーしたこのセッションを、フォルダー名の独立したセッションにします</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>Move to &amp;trash</source>
   <translation>ごみ箱へ移動(&amp;T)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>Move {what} with everything in it to the trash?</source>
   <translation>{what} を中身ごとごみ箱に移しますか?</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>Moving {name} to the trash ...</source>
   <translation>{name} をごみ箱に移しています ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>Name (left empty, the name it was started with)</source>
   <translation>表示する名前 (空にすると、開始したときの名前に戻ります)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>Re&amp;name ...</source>
   <translation>名前の変更(&amp;N) ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>Reading every file of {name} ...</source>
   <translation>{name} のすべてのファイルを読んでいます ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>Reads every saved file and compares it</source>
   <translation>保存したすべてのファイルを読み、書き込んだときのままか確かめます</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>Rename</source>
   <translation>変更</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>Rename the session</source>
   <translation>セッション名の変更</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>The name it is shown by; its folder and results stay as they are</source>
   <translation>表示される名前を変えます。フォルダーと結果はそのままです</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>Verified on {time}; the session has changed since then. What was found:</source>
   <translation>{time} に検証した結果です。その後セッションは変化しています。検証時の結果:</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>Yes, &amp;move</source>
   <translation>移動する(&amp;M)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>{name} is a session of its own now; Resume goes on with it.</source>
   <translation>{name} は独立したセッションになりました。「再開」で続けられます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>{name} is a session of its own now; it is finished.</source>
   <translation>{name} は独立したセッションになりました。完了したセッションです。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>{name} is in the trash.</source>
   <translation>{name} をごみ箱に移しました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>{name} is running; pause it before it is moved to the trash.</source>
   <translation>{name} は実行中です。一時停止してからごみ箱に移してください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>{name}: every file is as it was written.</source>
   <translation>{name}: すべてのファイルが書き込んだときのままです。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>{name}: problems found: {n}
{first}</source>
   <translation>{name} に {n} 件の問題があります:
{first}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/actions.py" />
   <source>{n} sessions</source>
   <translation>{n} 件のセッション</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>A copy is left alone. Adopt makes it a session of its own, which goes on from where it stands.</source>
   <translation>コピーはそのまま残されます。「引き継ぐ」で、続きから使える独立したセッションになります。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>A newer version of SO8T wrote it; this one leaves it untouched. Update SO8T.</source>
   <translation>新しいバージョンの SO8T で作られたため、このバージョンでは変更しません。SO8T を更新してください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Adopt lets it go on under the name its folder has now.</source>
   <translation>「引き継ぐ」で、今のフォルダー名のまま続けられます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Copy</source>
   <translation>コピー</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Cut off</source>
   <translation>中断</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Damaged</source>
   <translation>破損</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Failed</source>
   <translation>失敗</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Finished</source>
   <translation>完了</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>It is done; the report tells how it went.</source>
   <translation>完了しました。結果はレポートにあります。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>It is running now.</source>
   <translation>実行中です。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>It stopped because of a problem. Resume goes on from the last save once that is solved.</source>
   <translation>問題があって止まりました。解決すれば、最後の保存から再開できます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>It was cut off, by a power cut for example. Resume goes on from the last save.</source>
   <translation>停電などで途切れました。「再開」で最後の保存から続けられます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>It was made, and has done nothing yet. Resume starts it.</source>
   <translation>作成しただけで、まだ何もしていません。「再開」で始まります。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Its files cannot be read. Verify names the bad ones; nothing was deleted.</source>
   <translation>ファイルを読めません。「検証」で、壊れたファイルが分かります。何も削除していません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Last saved</source>
   <translation>最終保存</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Newer version</source>
   <translation>新しいバージョン</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Not started</source>
   <translation>未開始</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Paused</source>
   <translation>一時停止</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Paused ({reason}).</source>
   <translation>一時停止しました ({reason})。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Progress</source>
   <translation>進捗</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Renamed</source>
   <translation>名前変更</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Resume goes on where it was.</source>
   <translation>「再開」で続きから進みます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Right held-out answers: {before} before, {after} after.</source>
   <translation>評価用の質問の正答率: 学習前 {before}、学習後 {after}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Running</source>
   <translation>実行中</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Size</source>
   <translation>サイズ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Started</source>
   <translation>開始</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>Step</source>
   <translation>ステップ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>all {n}</source>
   <translation>全 {n} ステップ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/sessions/rows.py" />
   <source>{n} of {all}: {step}</source>
   <translation>{n}/{all}: {step}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/settings_file.py" />
   <source>The settings could not be saved in {path}: {why}. They apply until you quit.</source>
   <translation>設定を {path} に保存できませんでした: {why}。終了するまでは有効です。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/settings_file.py" />
   <source>The settings in {path} are damaged; the defaults are used.</source>
   <translation>{path} の設定は壊れているため、既定の設定を使います。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/settings_file.py" />
   <source>The settings in {path} cannot be read: {why}.</source>
   <translation>{path} の設定を読めません: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/startup/after_crash.py" />
   <source>It crashed again and again without getting further. Its log may say why; Resume tries again.</source>
   <translation>先に進めないままクラッシュを繰り返しました。原因はログに残っていることがあります。「再開」でもう一度試せます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/startup/after_crash.py" />
   <source>{name}: stopped</source>
   <translation>{name}: 停止しました</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/startup/offer_resume.py" />
   <source>Also unfinished: {names} and {n} more.</source>
   <translation>ほかの未完了のセッション: {names}、ほか {n} 件。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/startup/offer_resume.py" />
   <source>Also unfinished: {names}.</source>
   <translation>ほかの未完了のセッション: {names}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/startup/offer_resume.py" />
   <source>An unfinished session</source>
   <translation>未完了のセッション</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/startup/offer_resume.py" />
   <source>Resume it in the window, or in the menu of the icon.</source>
   <translation>ウィンドウ、またはアイコンのメニューから再開できます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/startup/offer_resume.py" />
   <source>The new session is started again in {time}.</source>
   <translation>{time}後に新しいセッションをもう一度開始します。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/startup/offer_resume.py" />
   <source>You can cancel this in the menu of the icon.</source>
   <translation>アイコンのメニューで取り消せます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/startup/offer_resume.py" />
   <source>{name} can go on.</source>
   <translation>{name} を再開できます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/startup/offer_resume.py" />
   <source>{name} cannot be resumed yet</source>
   <translation>{name} はまだ再開できません</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/startup/offer_resume.py" />
   <source>{name} will be resumed in {time}.</source>
   <translation>{name} を {time}後に再開します。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/startup/unfinished_session.py" />
   <source>"{name}" is running, started by another program, such as a command line.</source>
   <translation>「{name}」は、コマンドラインなど別のプログラムが実行中です。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/startup/unfinished_session.py" />
   <source>This session cannot be read: {why} Verify it on the Sessions page.</source>
   <translation>このセッションを読めません: {why} セッションのページで検証してください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/startup/unfinished_session.py" />
   <source>This session was made by a newer version of SO8T. Install that version to resume it.</source>
   <translation>このセッションは新しいバージョンの SO8T で作られました。再開するには、そのバージョンをインストールしてください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/startup/unfinished_session.py" />
   <source>step {n} of {all}</source>
   <translation>ステップ {n}/{all}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/startup/unfinished_session.py" />
   <source>{why} Adopt it on the Sessions page.</source>
   <translation>{why}「セッション」ページで引き継いでください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>"{name}" goes on meanwhile.</source>
   <translation>その間も「{name}」は続いています。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>"{name}" is running. One run at a time: wait until it is done, or pause it first.</source>
   <translation>「{name}」を実行中です。同時に実行できるのは 1 つです。終わるまで待つか、先に一時停止してください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>A power cut now would cost {time}.</source>
   <translation>今停電しても、失うのは直近 {time}の作業だけです。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Another program is already running this session. Pause it there.</source>
   <translation>このセッションは別のプログラムが実行中です。一時停止はそちらで行えます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Another program runs it, {where}, {percent}</source>
   <translation>別のプログラムが実行中、{where}、{percent}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Cannot go on as it is, {where}, {percent}</source>
   <translation>このままでは再開できません、{where}、{percent}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Cut off, {where}, {percent}</source>
   <translation>中断、{where}、{percent}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Failed.</source>
   <translation>失敗しました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Finished.</source>
   <translation>完了しました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>GGUF files</source>
   <translation>GGUF ファイル</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Goes on from {percent}.</source>
   <translation>{percent} から再開します。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Loading the model, {where}, {percent}</source>
   <translation>モデルを読み込み中、{where}、{percent}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>No sign of life from the engine for {time}.</source>
   <translation>エンジンから {time} 応答がありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Paused ({reason}), {where}, {percent}</source>
   <translation>一時停止 ({reason})、{where}、{percent}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Paused, {where}, {percent}</source>
   <translation>一時停止、{where}、{percent}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Pausing: saving at the next restart point ...</source>
   <translation>一時停止の処理中です。次の再開点で保存します ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Phase transition: the loss {way} by {size} after update {n}.</source>
   <translation>相転移: 更新 {n} 回目の後、損失が {size} {way}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Running, {where}, {percent}</source>
   <translation>実行中、{where}、{percent}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Saved {time} ago.</source>
   <translation>{time}前に保存しました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Starting the engine ...</source>
   <translation>エンジンを起動しています ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Starting the engine; it goes on from {percent} ...</source>
   <translation>エンジンを起動しています。{percent} から再開します ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Stopped by a problem, {where}, {percent}</source>
   <translation>問題で停止、{where}、{percent}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>The engine is replaced; it goes on from the last save in {time}.</source>
   <translation>エンジンを再起動しています。{time}後に最後の保存から続けます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>The engine printed a line that is not a message: {line}</source>
   <translation>エンジンがメッセージではない行を出力しました: {line}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>The engine sent a message that cannot be read ({name}).</source>
   <translation>エンジンから読めないメッセージが届きました ({name})。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>The last run was cut off: {cause}; {where}, nothing was lost.</source>
   <translation>前回の実行は中断されました ({cause})。{where}。失われた作業はありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>The last run was cut off: {cause}; {where}, {time} of work is done again.</source>
   <translation>前回の実行は中断されました ({cause})。{where}。{time}分の作業をやり直します。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>The last run was cut off: {cause}; {where}.</source>
   <translation>前回の実行は途中で終わりました ({cause})。{where}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>The run goes on: {where}, nothing was lost.</source>
   <translation>{where}。失われた作業はありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>The run goes on: {where}, {time} of work is done again.</source>
   <translation>{where}。{time}分の作業をやり直します。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>The run goes on: {where}.</source>
   <translation>{where}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>This is another session. "{name}" goes on meanwhile.</source>
   <translation>別のセッションを表示しています。「{name}」の実行は続いています。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>This is another session. "{name}" is no longer running.</source>
   <translation>別のセッションを表示しています。「{name}」はもう実行中ではありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Two runs at once would take each other's memory: wait until it is done, or pause it there.</source>
   <translation>2 つ同時に実行するとメモリーを奪い合うため、開始しませんでした。終わるまで待つか、そちらで一時停止してください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>Waiting: {detail}</source>
   <translation>待機中: {detail}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>alpha {alpha}, loss {loss}</source>
   <translation>alpha {alpha}、損失 {loss}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>batches of answers</source>
   <translation>回答のバッチ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>batches of answers in llama.cpp</source>
   <translation>llama.cpp での回答のバッチ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>between {low} and {high} left</source>
   <translation>残り {low}～{high}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>by you</source>
   <translation>操作による</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>checks in llama.cpp</source>
   <translation>llama.cpp での照合</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>fell</source>
   <translation>下がりました</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>iterations</source>
   <translation>反復</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>loss {loss}</source>
   <translation>損失 (loss) {loss}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>mergings of the model</source>
   <translation>モデルの統合</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>not bit-identical from here on</source>
   <translation>ここからビット単位では一致しません</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>phase transition</source>
   <translation>相転移</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>reference answers</source>
   <translation>基準の計算</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>reports</source>
   <translation>レポート</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>resumed at {step}, part {unit}</source>
   <translation>{step}ステップの {unit} 件が済んだところから再開しました</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>rollout batches</source>
   <translation>ロールアウトのバッチ</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>rose</source>
   <translation>上がりました</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>shards</source>
   <translation>シャード</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>step {n} of {all}: {step}</source>
   <translation>ステップ {n}/{all}: {step}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>time left: still measuring</source>
   <translation>残り時間は計測中</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>time left: still measuring (at a guess {time})</source>
   <translation>残り時間は計測中 (推測では約 {time})</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>up to {time} left</source>
   <translation>残り最大 {time}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>updates of the base model</source>
   <translation>ベースモデルの更新</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>warm-up updates</source>
   <translation>ウォームアップの更新</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>{d} d {h} h</source>
   <translation>{d} 日 {h} 時間</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>{h} h {min} min</source>
   <translation>{h} 時間 {min} 分</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>{min} min</source>
   <translation>{min} 分</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>{min} min {s} s</source>
   <translation>{min} 分 {s} 秒</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>{name}: {what}</source>
   <translation>{name}: {what}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>{rate} {what} a minute</source>
   <translation>{what}: 毎分 {rate} 回</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>{rate} {what} a second</source>
   <translation>{what}: 毎秒 {rate} 回</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>{rate} {what} an hour</source>
   <translation>{what}: 毎時 {rate} 回</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>{status}; {rest}</source>
   <translation>{status}、{rest}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>{step}: done in {time}.</source>
   <translation>{step}: {time}で完了。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>{step}: done.</source>
   <translation>{step}: 完了。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>{s} s</source>
   <translation>{s} 秒</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>{time} left</source>
   <translation>残り {time}</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/messages.py" />
   <source>{time} left (give or take {spread})</source>
   <translation>残り {time} (±{spread})</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/notifications.py" />
   <source>Reason: {why}.</source>
   <translation>理由: {why}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/notifications.py" />
   <source>The report is ready.</source>
   <translation>レポートができました。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/notifications.py" />
   <source>{name}: finished</source>
   <translation>{name}: 完了</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/notifications.py" />
   <source>{name}: paused by itself</source>
   <translation>{name}: 自動で一時停止しました</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/notifications.py" />
   <source>{name}: resumed</source>
   <translation>{name}: 再開しました</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/notifications.py" />
   <source>{name}: waiting</source>
   <translation>{name}: 待機中</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/remedies.py" />
   <source>&amp;Allow this code</source>
   <translation>このコードを許可(&amp;A)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/remedies.py" />
   <source>&amp;Go on with the changes</source>
   <translation>変更を受け入れて続ける(&amp;G)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/remedies.py" />
   <source>&amp;Go on without the damaged entries</source>
   <translation>壊れた記録を除いて続ける(&amp;G)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/remedies.py" />
   <source>A&amp;dopt</source>
   <translation>引き継ぐ(&amp;D)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/remedies.py" />
   <source>Begin this session again from its first step? Its checkpoints and results are kept in set-aside.</source>
   <translation>このセッションを最初のステップからやり直しますか? チェックポイントと結果は set-aside に残ります。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/remedies.py" />
   <source>Start &amp;over ...</source>
   <translation>最初からやり直す(&amp;O) ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/window_title.py" />
   <source>{n} sessions compared</source>
   <translation>{n} 件のセッションの比較</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/view/window_title.py" />
   <source>{shown} ("{name}" is running)</source>
   <translation>{shown} (「{name}」を実行中)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/log_view.py" />
   <source>&amp;Engine's log</source>
   <translation>エンジンのログ(&amp;E)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/log_view.py" />
   <source>No line has this.</source>
   <translation>該当する行はありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/log_view.py" />
   <source>Nothing is written here yet.</source>
   <translation>まだ何も記録されていません。</translation>
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
   <location filename="gui/so8t_gui/widgets/opener.py" />
   <source>Copy the &amp;path</source>
   <translation>パスをコピー(&amp;P)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/opener.py" />
   <source>Nothing on this desktop opened {path}. Open it yourself in a file manager or browser.</source>
   <translation>{path} を開けるプログラムが見つかりませんでした。ファイルマネージャーまたはブラウザーで直接開いてください。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/opener.py" />
   <source>There is no {path} any more.</source>
   <translation>{path} はもうありません。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/problem_message.py" />
   <source>&amp;Keep it as it is</source>
   <translation>このままにする(&amp;K)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/problem_message.py" />
   <source>&amp;Yes, start over</source>
   <translation>はい、やり直す(&amp;Y)</translation>
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
   <source>Progress of the whole run</source>
   <translation>実行全体の進捗</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/run_head.py" />
   <source>Resume &amp;another ...</source>
   <translation>別のセッションを再開(&amp;A) ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/run_head.py" />
   <source>Sa&amp;ve now</source>
   <translation>今すぐ保存(&amp;V)</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/run_head.py" />
   <source>Saving at the next restart point ...</source>
   <translation>次の再開点で保存します ...</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/run_head.py" />
   <source>Share of the whole run's time. The parts of a step take different times: their number may be at another share.</source>
   <translation>実行全体の時間に占める割合です。ステップの作業 1 件にかかる時間はそれぞれ異なるため、件数の割合とは一致しないことがあります。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>A part is one batch of answered questions, or one file that is made or checked.</source>
   <translation>作業 1 件は、質問への回答 1 バッチ、またはファイル 1 つの作成か照合です。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>A part is one file of records.</source>
   <translation>作業 1 件は、レコードのファイル 1 つです。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>A part is one file of records; where a teacher writes, some records of it.</source>
   <translation>作業 1 件は、レコードのファイル 1 つです。教師モデルが書く場合は、その中の一部のレコードです。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>A part is one update of the model's weights, or one batch of answers that it learns from.</source>
   <translation>作業 1 件は、モデルの重みの更新 1 回、または学習に使う回答の生成 1 回です。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>Asks base and tuned model the questions that were kept, and makes GGUF files and report.</source>
   <translation>ベースモデルと学習後のモデルに評価用の質問をし、GGUF ファイルとレポートを作ります。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>Joins them, leaves out what is there twice, and keeps questions for the end.</source>
   <translation>データをまとめて重複を除き、評価用の質問を取り分けます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>Loads or builds the base model, warms it up on the records, then lets it learn from rewards.</source>
   <translation>ベースモデルを読み込むか作り、データでウォームアップしてから、報酬をもとに学習させます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>Now: {what}.</source>
   <translation>現在: {what}。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>Puts the records into the form that is learnt; a teacher, if there is one, writes thoughts.</source>
   <translation>データを学習用の形式に変えます。教師モデルがあれば、考える過程を書かせます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>Reads the records of all data, and leaves out what cannot be used.</source>
   <translation>すべてのデータを読み込み、使えないものを除きます。</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>done</source>
   <translation>完了</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>not started</source>
   <translation>待機中</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>running</source>
   <translation>実行中</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>stopped here</source>
   <translation>ここで停止</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/widgets/step_list.py" />
   <source>{n} of {all} parts</source>
   <translation>作業 {n} / {all} 件</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/window_pages.py" />
   <source>About and diagnostics</source>
   <translation>情報と診断</translation>
  </message>
  <message>
   <location filename="gui/so8t_gui/window_pages.py" />
   <source>Run</source>
   <translation>実行</translation>
  </message>
 </context>
 <context>
  <name>QFileDialog</name>
  <message>
   <source>&amp;Look in:</source>
   <translation>場所(&amp;L):</translation>
  </message>
  <message>
   <source>Files of &amp;type:</source>
   <translation>ファイルの種類(&amp;T):</translation>
  </message>
 </context>
 <context>
  <name>QAbstractFileIconProvider</name>
  <message>
   <source>Drive</source>
   <translation>ドライブ</translation>
  </message>
  <message>
   <source>File</source>
   <translation>ファイル</translation>
  </message>
  <message>
   <source>%1 File</source>
   <translation>%1 ファイル</translation>
  </message>
  <message>
   <source>File Folder</source>
   <translation>ファイルフォルダー</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>フォルダー</translation>
  </message>
  <message>
   <source>Alias</source>
   <translation>エイリアス</translation>
  </message>
  <message>
   <source>Shortcut</source>
   <translation>ショートカット</translation>
  </message>
  <message>
   <source>Unknown</source>
   <translation>不明</translation>
  </message>
 </context>
</TS>
