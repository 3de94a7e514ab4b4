"""The words and wordings from which `make_demo_corpus.py` composes maths, choice and chat records.

Everything here was written for this project (Apache-2.0). The lists are short on purpose: a model of two
million parameters must meet every word often enough to learn it within a thousand updates.
"""

from __future__ import annotations

NAMES = {
    "en": ["Ken", "Emma", "Tom", "Mia", "Leo", "Anna", "Ben", "Lucy"],
    "ja": ["けん", "ゆい", "さくら", "たろう", "はなこ", "そうた", "まり", "りく"],
}

# Objects with their Japanese counter; English objects are plural because all shown numbers are at least 2.
OBJECTS = {
    "en": [
        ("apples", ""), ("pens", ""), ("books", ""), ("cards", ""), ("eggs", ""),
        ("coins", ""), ("stamps", ""), ("balls", ""), ("cups", ""), ("shells", ""),
    ],
    "ja": [
        ("りんご", "個"), ("みかん", "個"), ("あめ", "個"), ("卵", "個"), ("本", "冊"),
        ("ノート", "冊"), ("えんぴつ", "本"), ("ペン", "本"), ("カード", "枚"), ("切手", "枚"),
    ],
}  # fmt: skip

ADDITIONS = {
    "en": [
        "{name} has {a} {thing} and gets {b} more. How many {thing} does {name} have now?",
        "There are {a} {thing} in the box. {name} puts in {b} more. How many {thing} are in the box now?",
        "{name} bought {a} {thing} yesterday and {b} today. How many {thing} is that in all?",
    ],
    "ja": [
        "{name}さんは{thing}を{a}{unit}持っています。{b}{unit}もらうと、全部で何{unit}になりますか。",
        "箱に{thing}が{a}{unit}あります。{name}さんが{b}{unit}入れると、全部で何{unit}になりますか。",
        "{name}さんは{thing}を昨日{a}{unit}、今日{b}{unit}買いました。全部で何{unit}買いましたか。",
    ],
}
SUBTRACTIONS = {
    "en": [
        "{name} has {a} {thing} and gives {b} away. How many {thing} are left?",
        "There are {a} {thing} on the table. {name} takes {b} away. How many {thing} are left?",
        "{name} had {a} {thing} and lost {b}. How many {thing} are left?",
    ],
    "ja": [
        "{name}さんは{thing}を{a}{unit}持っています。{b}{unit}あげると、残りは何{unit}ですか。",
        "机の上に{thing}が{a}{unit}あります。{name}さんが{b}{unit}取ると、残りは何{unit}ですか。",
        "{name}さんは{thing}を{a}{unit}持っていましたが、{b}{unit}なくしました。残りは何{unit}ですか。",
    ],
}

CHOICE_QUESTION = {"en": "Which one is {kind}?", "ja": "次のうち、{kind}はどれですか。"}
# Five kinds of four words is what a tiny model can sort within its budget; a word fits one kind only.
LEXICON = {
    "en": {
        "a fruit": ["apple", "banana", "grape", "melon"],
        "a vegetable": ["carrot", "onion", "potato", "cabbage"],
        "an animal": ["dog", "cat", "rabbit", "lion"],
        "a colour": ["red", "blue", "green", "yellow"],
        "a vehicle": ["car", "bus", "train", "ship"],
    },
    "ja": {
        "果物": ["りんご", "バナナ", "ぶどう", "梨"],
        "野菜": ["にんじん", "玉ねぎ", "じゃがいも", "キャベツ"],
        "動物": ["犬", "猫", "うさぎ", "ライオン"],
        "色": ["赤", "青", "緑", "黄色"],
        "乗り物": ["車", "バス", "電車", "船"],
    },
}
# "What is red?" does not read well, so this kind is not defined in the chat.
UNDEFINED_KINDS = {"a colour", "色"}

CAPITALS = {
    "en": "Japan:Tokyo France:Paris Italy:Rome Spain:Madrid China:Beijing Canada:Ottawa Egypt:Cairo Peru:Lima "
    "Kenya:Nairobi Germany:Berlin Greece:Athens Norway:Oslo",
    "ja": "日本:東京 フランス:パリ イタリア:ローマ スペイン:マドリード 中国:北京 カナダ:オタワ エジプト:カイロ "
    "ペルー:リマ ケニア:ナイロビ ドイツ:ベルリン ギリシャ:アテネ ノルウェー:オスロ",
}
OPPOSITES = {
    "en": "hot:cold big:small long:short high:low fast:slow new:old strong:weak wet:dry rich:poor full:empty",
    "ja": "暑い:寒い 大きい:小さい 長い:短い 高い:低い 速い:遅い 新しい:古い 明るい:暗い 強い:弱い 多い:少ない "
    "重い:軽い",
}
COLOURS = {
    "en": "banana:yellow lemon:yellow strawberry:red tomato:red frog:green leaf:green crow:black swan:white "
    "pig:pink carrot:orange",
    "ja": "バナナ:黄色 レモン:黄色 いちご:赤 トマト:赤 葉っぱ:緑 きゅうり:緑 カラス:黒 雪:白 空:青 なす:紫",
}

# Wordings and the one answer to all of them; {x} is what is asked, {y} what is answered.
FACTS = {
    "en": {
        "capital": (
            [
                "What is the capital of {x}?",
                "Tell me the capital of {x}.",
                "Which city is the capital of {x}?",
                "Do you know the capital of {x}?",
                "Please name the capital of {x}.",
                "I forgot the capital of {x}. What is it?",
            ],
            "The capital of {x} is {y}.",
        ),
        "opposite": (
            [
                'What is the opposite of "{x}"?',
                'Tell me the opposite of "{x}".',
                'Which word is the opposite of "{x}"?',
                'Do you know the opposite of "{x}"?',
                'Please name the opposite of "{x}".',
                'I forgot the opposite of "{x}". What is it?',
            ],
            'The opposite of "{x}" is "{y}".',
        ),
        "colour": (
            [
                "What colour is {x}?",
                "Tell me the colour of {x}.",
                "What is the colour of {x}?",
                "Do you know the colour of {x}?",
                "Please name the colour of {x}.",
            ],
            "The colour of {x} is {y}.",
        ),
        "definition": (
            [
                "What is {x}?",
                "Tell me what {x} is.",
                "Do you know what {x} is?",
                "Please explain what {x} is.",
            ],
            "{X} is {y}.",
        ),
    },
    "ja": {
        "capital": (
            [
                "{x}の首都はどこですか。",
                "{x}の首都を教えてください。",
                "{x}の首都を知っていますか。",
                "{x}の首都はどの都市ですか。",
                "{x}の首都の名前は何ですか。",
                "{x}の首都を忘れました。どこですか。",
            ],
            "{x}の首都は{y}です。",
        ),
        "opposite": (
            [
                "「{x}」の反対は何ですか。",
                "「{x}」の反対を教えてください。",
                "「{x}」の反対を知っていますか。",
                "「{x}」の反対の言葉は何ですか。",
                "「{x}」の反対の言葉を教えてください。",
                "「{x}」の反対を忘れました。何ですか。",
            ],
            "「{x}」の反対は「{y}」です。",
        ),
        "colour": (
            [
                "{x}は何色ですか。",
                "{x}の色を教えてください。",
                "{x}の色は何ですか。",
                "{x}の色を知っていますか。",
                "{x}はどんな色ですか。",
            ],
            "{x}の色は{y}です。",
        ),
        "definition": (
            [
                "{x}とは何ですか。",
                "{x}は何の仲間ですか。",
                "{x}が何か教えてください。",
                "{x}が何か知っていますか。",
            ],
            "{x}は{y}です。",
        ),
    },
}

# A greeting with a name, and its answer.
GREETINGS = {
    "en": [
        ("Hello, I am {name}.", "Hello, {name}! How can I help you?"),
        ("Hi, my name is {name}.", "Hi, {name}! How can I help you?"),
        ("Good morning, I am {name}.", "Good morning, {name}! How can I help you?"),
        ("Good evening, I am {name}.", "Good evening, {name}! How can I help you?"),
        ("Nice to meet you, I am {name}.", "Nice to meet you too, {name}!"),
    ],
    "ja": [
        ("こんにちは。{name}です。", "こんにちは、{name}さん。何かお手伝いしましょうか。"),
        ("おはようございます。{name}です。", "おはようございます、{name}さん。何かお手伝いしましょうか。"),
        ("こんばんは。{name}です。", "こんばんは、{name}さん。何かお手伝いしましょうか。"),
        ("はじめまして。{name}です。", "はじめまして、{name}さん。どうぞよろしくお願いします。"),
        ("こんにちは。私の名前は{name}です。", "こんにちは、{name}さん。何かお手伝いしましょうか。"),
    ],
}
SMALL_TALK = {
    "en": [
        ("Hello!", "Hello! How can I help you?"),
        ("Good morning!", "Good morning! How can I help you?"),
        ("Good night!", "Good night! Sleep well."),
        ("Thank you!", "You are welcome."),
        ("Goodbye!", "Goodbye! See you again."),
    ],
    "ja": [
        ("こんにちは。", "こんにちは。何かお手伝いしましょうか。"),
        ("おはようございます。", "おはようございます。何かお手伝いしましょうか。"),
        ("おやすみなさい。", "おやすみなさい。ゆっくり休んでください。"),
        ("ありがとうございます。", "どういたしまして。"),
        ("さようなら。", "さようなら。またお話ししましょう。"),
    ],
}
